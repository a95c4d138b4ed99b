# shellcheck shell=bash
# Shared by scripts/demo and scripts/test: system packages, then a virtual environment. Safe to run again.

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

die() {
    printf 'Lỗi: %s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

is_installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

# install_system_packages NAME...: what is missing is brought by apt; elsewhere the reader is told what to install.
install_system_packages() {
    local missing=() name
    for name in "$@"; do
        is_installed "$name" || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        tesseract --list-langs 2>/dev/null | grep -qx vie && return 0
        die "Hệ thống này không có apt. Hãy cài bằng trình quản lý gói của máy: Tesseract 5 và dữ liệu tiếng Việt (vie), Python 3.11 trở lên, Chromium (chỉ để chạy kiểm thử). Rồi chạy lại lệnh này."
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
        die "Còn thiếu gói hệ thống, mà tài khoản này không phải root và máy không có sudo. Nhờ người quản trị chạy: apt-get install -y ${missing[*]}. Rồi chạy lại lệnh này."
    fi
    say "Cài gói hệ thống: ${missing[*]}"
    # One broken list of many need not matter: whether the packages come is what counts.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 ||
        say "apt-get update báo lỗi (không có mạng, hoặc sudo bị từ chối?); vẫn thử cài tiếp."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
        die "apt không cài được. Xem lỗi ở trên, hoặc cài tay: apt-get install -y ${missing[*]}. Rồi chạy lại lệnh này."
}

# install_if_offered WHAT-FOR NAME...: the same for what can be done without; some systems call it otherwise.
install_if_offered() {
    local purpose=$1
    shift
    (install_system_packages "$@") || say "Chạy tiếp không có: $* ($purpose)."
}

# The system's own python3 first: its venv module is the one that apt brings.
find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import ensurepip, sys, venv; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
            2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

# Whether .venv is whole and of this very folder: one that was copied or moved along calls programs elsewhere.
environment_is_sound() { .venv/bin/pip --version 2>/dev/null | grep -qF "$(pwd -P)/.venv/"; }

# make_environment EXTRAS: .venv beside pyproject.toml with congvan installed; skipped while nothing changed.
make_environment() {
    local extras=$1 python stamp wanted
    [ -w . ] || die "Không ghi được vào thư mục $(pwd). Chép congvan tới nơi tài khoản này được ghi rồi chạy lại."
    stamp=.venv/.installed-$extras
    wanted=$(cat pyproject.toml constraints.txt | sha256sum)
    if environment_is_sound; then
        [ -x .venv/bin/congvan ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    else
        python=$(find_python) ||
            die "Cần Python 3.11, 3.12 hoặc 3.13 kèm venv (trên Debian, Ubuntu: apt-get install python3 python3-venv)."
        say "Tạo môi trường Python (.venv)"
        "$python" -m venv --clear .venv >&2 || die "Không tạo được .venv; xem lỗi ở trên (hết chỗ trên đĩa?)."
    fi
    say "Cài các gói Python (vài trăm MB, chỉ lần đầu)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --constraint constraints.txt --editable ".[$extras]" >&2 ||
        die "pip không cài được các gói Python; xem lỗi ở trên. Cần mạng tới kho gói Python (PyPI) và khoảng 1 GB trống trên đĩa. Sửa xong, chạy lại lệnh này."
    printf '%s\n' "$wanted" >"$stamp"
}

# add_if_ready PACKAGE EXTRA WHY: an optional part, where it comes ready built for this machine; else congvan runs without.
add_if_ready() {
    .venv/bin/python -c "import $1" 2>/dev/null && return 0
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary "$1" \
        --constraint constraints.txt --editable ".[$2]" >&2 2>/dev/null || say "Không có gói $1 cho máy này ($3); vẫn chạy được."
}

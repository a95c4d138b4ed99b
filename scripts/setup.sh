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
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        return 1
    fi
}

# install_system_packages NAME...: what is missing is brought by apt; elsewhere the reader is told what to install.
install_system_packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx vie && return 0
        die "Hệ thống này không có apt. Hãy cài bằng trình quản lý gói của máy: Tesseract 5 và dữ liệu tiếng Việt (vie), Python 3.11 trở lên, Chromium (chỉ để chạy kiểm thử). Rồi chạy lại lệnh này."
    fi
    say "Cài gói hệ thống: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 ||
        die "Không chạy được apt-get update (cần quyền root hoặc sudo, và mạng). Cài tay: apt-get install ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
        die "apt không cài được: ${missing[*]}"
}

find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

# make_environment EXTRAS: .venv beside pyproject.toml with congvan installed; skipped while nothing changed.
make_environment() {
    local extras=$1 python stamp wanted
    python=$(find_python) || die "Cần Python 3.11, 3.12 hoặc 3.13 (trên Debian: apt-get install python3 python3-venv)."
    stamp=.venv/.installed-$extras
    wanted=$(cat pyproject.toml constraints.txt | sha256sum)
    [ -x .venv/bin/congvan ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    say "Tạo môi trường Python (.venv)"
    [ -x .venv/bin/python ] || "$python" -m venv .venv >&2 ||
        die "Không tạo được .venv (trên Debian: apt-get install python3-venv)."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --constraint constraints.txt --editable ".[$extras]" >&2 || die "pip không cài được các gói Python."
    printf '%s\n' "$wanted" >"$stamp"
}

# add_if_ready PACKAGE EXTRA WHY: an optional part, where it comes ready built for this machine; else congvan runs without.
add_if_ready() {
    .venv/bin/python -c "import $1" 2>/dev/null && return 0
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary "$1" \
        --constraint constraints.txt --editable ".[$2]" >&2 2>/dev/null || say "Không có gói $1 cho máy này ($3); vẫn chạy được."
}

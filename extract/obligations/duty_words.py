"""Words that begin what a unit has to do, and words that give or only tell of an order."""

from __future__ import annotations

import re

from extract.units.lists import MARKS
from normalize.fold import fold

_MODALS = (
    r"có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|phải|cần(?: phải)?|sẽ|là (?:cơ quan |"
    r"đơn vị )?(?:đầu mối|thường trực)|"
    r"làm (?:cơ quan |đơn vị )?đầu mối|đầu mối|chủ trì|chủ động|phối hợp|khẩn trương|nghiêm túc|thường xuyên|"
    r"kịp thời|tích cực|"
    r"tiếp tục|tập trung|tăng cường|định kỳ|hằng (?:năm|quý|tháng|tuần|ngày)|hàng (?:năm|quý|tháng|tuần|ngày)|"
    r"trực tiếp|sớm|quan tâm|ưu tiên|chú trọng|đồng thời|chính thức|vẫn|không (?:được|tổ chức|để)|tuyệt đối|"
    r"theo chức năng"
)
_ACTIONS = (
    r"thực hiện|triển khai|tổ chức(?!,| (?:và|hoặc|có|liên quan|khác|chính|tín|đoàn|xã|trong)\b)|xây dựng|"
    r"rà soát|báo cáo|"
    r"hướng dẫn|chỉ đạo|kiểm tra|giám sát|tham mưu|đôn đốc|theo dõi|tổng hợp|bố trí|bảo đảm|đảm bảo|đẩy mạnh|"
    r"đẩy nhanh|"
    r"căn cứ|trên cơ sở|lập(?! trình)|ban hành|gửi|cử(?! tri)|tiến hành|nghiên cứu(?=,| và| đề xuất| ban hành|"
    r" xây dựng| trình| để|"
    r" phương| giải| bổ| áp)|quán triệt|phân công|phân quyền|chuẩn bị|hoàn thành|hoàn thiện|cập nhật|nâng cao|"
    r"nâng cấp|"
    r"phổ biến|tuyên truyền|phê duyệt|"
    r"(?<![Cc]ông )(?<![Cc]hương )(?<![Qq]uy )(?<![Ll]ộ )(?<!quá )(?<![Tt]ờ )(?<![Gg]iáo )trình(?! độ)|"
    r"đề xuất|duy trì|tạo (?:điều kiện|lập|chuyên mục)|nộp|"
    r"đăng ký(?! (?:kinh|kết|hành))|"
    r"áp dụng|đánh giá|xem xét|giải quyết|xử lý|thông báo|thông tin(?= (?:kịp|đầy|rộng))|đăng tải|công khai|"
    r"công bố|nhắc nhở|"
    r"vận động|hỗ trợ(?! kỹ thuật)|phát huy|rút kinh nghiệm|bổ sung|chỉnh sửa|sửa đổi|điều chỉnh|thành lập|"
    r"kiện toàn|tham gia|"
    r"góp ý|phản ánh|trả lời|cho ý kiến|liên hệ|tiếp nhận|bàn giao|thẩm định|thanh tra|kiểm soát(?! (?:bệnh|"
    r"thủ))|quyết toán|"
    r"thanh toán|nhập (?:dữ liệu|liệu|số liệu)|sử dụng|khai báo|kê khai|tập huấn|bồi dưỡng|sẵn sàng|nắm (?:chắc|"
    r"bắt|tình)|"
    r"huy động|khắc phục|chấn chỉnh|chấp hành|tuân thủ|thống kê|lưu trữ|phân bổ|cấp(?= (?:phát|kinh|giấy|tài))|"
    r"cho phép|"
    r"mở(?= (?:rộng|lớp|đợt))|thu(?= (?:thập|hồi|hút))|hạn chế|khuyến khích|tạm dừng|dừng|ngừng|ký(?= (?:kết|"
    r"cam|hợp))|mời|"
    r"bám sát|làm việc|lồng ghép|kết nối|tích hợp|vận hành|"
    r"đưa(?= (?:vào|nội dung|tin|các|chỉ tiêu))|số hóa|số hoá|đo lường|"
    r"bảo vệ(?! môi)|"
    r"phòng ngừa|phát hiện|ngăn chặn|đấu tranh|tuần tra|truyền thông|quảng bá|chăm lo|thăm hỏi|động viên|"
    r"khen thưởng|biết|"
    r"giữ (?:vững|gìn|nghiêm)|giúp|thiết lập|thí điểm|nhân rộng|tổng kết|sơ kết|khảo sát|lựa chọn|lấy ý kiến|"
    r"xác định|xác nhận|xác minh|cân đối|đối chiếu|dự trù|tính toán|phân tích|tính đúng|tiếp thu|giải trình|"
    r"giải ngân|tháo gỡ|điều phối|điều tiết|phân luồng|sơ tán|di dời|khoanh vùng|cảnh báo|khơi thông|nạo vét|"
    r"niêm yết|phát hành|soạn thảo|biên soạn|dự thảo|đối thoại|tuyển dụng|chuyển giao|củng cố|cải thiện|cải tiến|"
    r"tăng(?= (?:tỷ|số|thời))|giảm(?= (?:tỷ|số|thời|thiểu))|phấn đấu|phát động|hưởng ứng|biểu dương|xử phạt|thẩm tra|"
    r"kiến nghị(?! của)|cam kết|rà phá|mua sắm|sửa chữa|thu gom|thi công|bổ nhiệm|phân bố|dự báo|chuyển(?= (?:hồ sơ|"
    r"văn bản|cơ quan|kinh phí))|ghi nhận|tiếp công dân"
)
_AMBIGUOUS = r"cung cấp|quản lý|khai thác|kinh doanh|sản xuất|cấp|thu|chi trả|tiêm|khám|phòng, chống"
_ORDERS = (
    r"giao(?! thông| tiếp| dịch| lưu| thoa| ban| ước)(?: nhiệm vụ)?(?: cho)?|phân công|(?:kính |trân trọng |"
    r"rất mong và )?(?:đề nghị|yêu cầu)|"
    r"chỉ thị|kính mong"
)
_VETO = (
    r"theo|của|được|đã|văn bản|nội dung|các|những|mọi|đáp ứng|hồ sơ|phiếu|đơn|tờ trình|nhiệm vụ|việc|số|kế hoạch|"
    r"chỉ tiêu|mức|phạm vi|sự|lời|khi có|nếu có|bàn|chuyển|có|mục đích,?|đúng|vượt|người|bên|lệnh|quyền|thời gian"
)


def _both(
    pattern: str, prefix: str = r"(?<![\wÀ-ỹ])", suffix: str = r"(?![\wÀ-ỹ])"
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern with marks and without; words are matched whole and, but for a capital at the start, as written."""
    return re.compile(f"{prefix}(?:{pattern}){suffix}"), re.compile(f"{prefix}(?:{fold(pattern)}){suffix}")


AMBIGUOUS = frozenset(_AMBIGUOUS.split("|"))
"""Verbs that more often belong to the name of a unit."""

MODAL = _both(_MODALS)
"""What says that somebody must, in lower case."""

VERB = _both(f"{_MODALS}|{_ACTIONS}|{_ORDERS}|{_AMBIGUOUS}")
"""What can follow a unit as its duty, in lower case: capitals belong to names («Sở Xây dựng»)."""

STARTS = _both(
    f"(?i:{_MODALS}|{_ACTIONS}|có kế hoạch|đầu tư|phấn đấu|tái cấu trúc|thúc đẩy|phát triển|quản lý|phòng, chống)",
    r"\W*",
)
"""How a task begins."""

ORDER = _both(f"(?i:{_ORDERS})", r"(?<![\wÀ-ỹ])")
"""A word that gives an order; `gives_order` tells it from «theo đề nghị của …»."""

_NOT_ORDER = _both(f"(?i:{_VETO})", r"(?<![\wÀ-ỹ])", r"\s*$")
_PAST = _both(r"(?i:đã|vừa qua|thời gian qua|trong đó|theo đó|trước đây)")
_WROTE = _both(
    r"(?:có|ban hành|gửi|phát hành) (?:các )?(?:[Cc]ông văn|[Vv]ăn bản|[Kk]ế hoạch|[Tt]hông báo|[Cc]ông điện) "
    r"(?:số )?\d+(?!.*(?:[;:]|\s(?i:nay|vì vậy|do đó|do vậy|để)\s))"
)


def pick(patterns: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> re.Pattern[str]:
    """The pattern that fits ``text``: the one without marks only for text that has none."""
    return patterns[0] if MARKS.search(text) else patterns[1]


def gives_order(before: str) -> bool:
    """Whether an order word behind ``before`` gives an order here and now, rather than tells of one.

    >>> gives_order("Bộ Y tế "), gives_order("theo "), gives_order("UBND tỉnh đã có văn bản ")
    (True, False, False)
    >>> gives_order("Ngày 12/10/2026, Sở Tài chính có Công văn số 88/STC-QLG ")
    False
    """
    if pick(_WROTE, before).search(before):
        return False
    return pick(_NOT_ORDER, before).search(before) is None and pick(_PAST, before).search(before[-160:]) is None

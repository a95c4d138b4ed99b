"""What a reviewer is told about a header, by the code of the issue."""

from __future__ import annotations

MESSAGES = {
    "number-blank": "Số văn bản để trống, chỉ in ký hiệu.",
    "number-unreadable": "Không đọc được chắc chắn số văn bản: viết tay, mờ hoặc để trống.",
    "number-doubtful": "Số văn bản đọc được nhưng chưa chắc chắn, cần đối chiếu với bản giấy.",
    "number-missing": "Không tìm thấy số, ký hiệu của văn bản.",
    "date-blank": "Ngày, tháng của văn bản để trống.",
    "date-no-month": "Địa danh và ngày tháng thiếu tháng.",
    "date-no-day": "Địa danh và ngày tháng thiếu ngày.",
    "date-unreadable": "Không đọc được chắc chắn ngày ban hành: viết tay, mờ hoặc để trống.",
    "date-doubtful": "Ngày ban hành đọc được nhưng chưa chắc chắn, cần đối chiếu với bản giấy.",
    "date-missing": "Không tìm thấy ngày ban hành của văn bản.",
    "signer-missing": "Có khối chữ ký nhưng không đọc được họ tên người ký.",
    "signature-missing": "Không tìm thấy khối chữ ký (người ký, chức vụ).",
    "issuer-missing": "Không tìm thấy cơ quan ban hành.",
    "incoming-doubtful": "Số hoặc ngày trên dấu «Đến» đọc chưa chắc chắn.",
    "secrecy": "Văn bản có dấu chỉ mức độ mật: không xử lý, không công bố.",
    "secrecy-doubtful": "Có chữ giống dấu chỉ mức độ mật: xem bản giấy trước khi công bố.",
    "draft": "Đây là dự thảo, chưa phải văn bản đã ban hành.",
}

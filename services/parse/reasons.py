"""Why a document has its status: the closed list of codes, each with the sentence that a clerk reads."""

from typing import Literal

from shared.model.report import Reason

ReasonCode = Literal[
    "several_reports",
    "before_2019",
    "university_report",
    "other_subject",
    "format_notice",
    "notice",
    "guide",
    "regulation",
    "work_summary",
    "index_page",
    "body_elsewhere",
    "attachment",
    "news",
    "no_report",
    "no_bytes",
    "no_text",
    "text_too_large",
    "too_many_pages",
    "damaged",
    "no_recognition",
    "unknown_format",
    "unsupported_format",
    "ofd",
    "xlsb",
    "office_2003_xml",
    "packed",
    "picture",
    "encrypted",
    "undecodable",
    "refused_structure",
    "reader_failed",
    "timeout",
    "too_much_memory",
    "crashed",
]

REASONS: dict[ReasonCode, str] = {
    "several_reports": "一个文件中有几份年度报告，已分开核验。",
    "before_2019": "2019年以前的年度报告，当时没有全国统一的表格。",
    "university_report": "高等学校按学年编制的信息公开年度报告，不适用政府信息公开年度报告格式。",
    "other_subject": "是其他内容的年度报告，不是政府信息公开工作年度报告。",
    "format_notice": "是年度报告的格式或空白模板，不是某一机关的报告。",
    "notice": "是布置年度报告工作的通知，不是报告。",
    "guide": "是政府信息公开指南或目录，不是报告。",
    "regulation": "是法规、规章或制度文本，不是报告。",
    "work_summary": "是工作总结、计划或自查材料，不是年度报告。",
    "index_page": "是年度报告的目录页面，没有报告正文。",
    "body_elsewhere": "页面只有报告的标题，正文可能在附件中。",
    "attachment": "是报告页面的附件，已并入该报告一起核验。",
    "news": "是关于年度报告的新闻或消息，不是报告。",
    "no_report": "没有找到年度报告的正文，也没有找到表格。",
    "no_bytes": "文件是空的（0字节）。",
    "no_text": "文件中没有文字。",
    "text_too_large": "网页或文字超过8兆字节，没有读取。",
    "too_many_pages": "文件页数过多，不像年度报告，没有读取。",
    "damaged": "文件已损坏，打不开。",
    "no_recognition": "报告是扫描件或图片，本机没有安装图片文字识别组件，没有读取。",
    "unknown_format": "不认识的文件格式。",
    "unsupported_format": "暂不能读取这种格式，请提供网页或文本。",
    "ofd": "是版式文件（OFD），暂不能读取，请提供网页、Word、Excel或PDF文件。",
    "xlsb": "是Excel二进制工作簿（XLSB），暂不能读取，请另存为“Excel工作簿（XLSX）”后提供。",
    "office_2003_xml": "是Office 2003的XML文件，暂不能读取，请用Word或Excel打开，另存为DOCX或XLSX后提供。",
    "packed": "是RAR、7Z或GZIP压缩包，不能打开，请解压后提供其中的文件，或改用ZIP压缩包。",
    "picture": "报告是图片，没有可以读取的文字。",
    "encrypted": "文件已加密，不能读取。",
    "undecodable": "文字编码已损坏，不能读取。",
    "refused_structure": "文件异常（文字过长、嵌套过深、标签过长或表格过大），为安全起见没有读取。",
    "reader_failed": "读取时程序出错，请把该文件交给系统维护人员。",
    "timeout": "读取超过时限，已停止。",
    "too_much_memory": "读取所需内存超过上限，已停止。",
    "crashed": "读取进程异常退出。",
}
"""Code -> one Chinese sentence; `shared.documents.PROBLEMS` has those of files that could not be opened."""


def reason(code: ReasonCode) -> Reason:
    """Return the reason of a code with its sentence."""
    return Reason(code, REASONS[code])

"""Sentences for taking a page away as slides, report or one-file map, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "download_pptx": ("下载 PPT", "Download PPTX"),
    "download_docx": ("下载报告", "Download report (DOCX)"),
    "download_html": ("下载网页 HTML", "Download map (HTML)"),
    "report_file": ("空间与指标报告", "report"),
}

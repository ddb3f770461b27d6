"""Words of the page of verification: where its files come from, and the fit of a georeferenced picture."""

TEXTS: dict[str, tuple[str, str]] = {
    "verify_from": ("文件来源", "The file comes from"),
    "verify_upload": ("选择或拖入文件", "Choose a file or drop it here"),
    "verify_upload_again": ("换一份文件", "Choose another file"),
    "verify_upload_note": (
        "凭证 JSON，或 GeoJSON、GPKG、XLSX、PDF、PNG、SVG、PPTX、DOCX、HTML，不超过 64 MB；"
        "配准得到的 GeoTIFF，不超过 {most} MB。只在本机读取。",
        "Receipts JSON, or GeoJSON, GPKG, XLSX, PDF, PNG, SVG, PPTX, DOCX, HTML up to 64 MB; a georeferenced GeoTIFF "
        "up to {most} MB. Read on this machine only.",
    ),
    "verify_path": ("文件的完整路径", "Full path of the file"),
    "verify_path_hint": ("如 /data/sheet.pdf", "such as /data/sheet.pdf"),
    "verify_source_upload": ("放入凭证所依据的文件：{name}", "Give the file the receipts rest on: {name}"),
    "verify_source_upload_again": ("再放入凭证所依据的文件：{name}", "Give the next file the receipts rest on: {name}"),
    "verify_source_upload_note": (
        "这些数字由该文件算出；不放入就不能重算。",
        "These numbers were made from it; without it they cannot be made again.",
    ),
    "verify_fit_holds": ("拟合的全部 {n} 个数字有效", "All {n} figures of the fit hold"),
    "verify_fit_stale": ("拟合的 {n} 个数字中有 {m} 个失效", "{m} of {n} figures of the fit are stale"),
    "verify_fit_basis": (
        "{name} · 按文件自带的 {points} 个控制点和检查点重算",
        "{name} · made again from the {points} control and check points it carries",
    ),
    "verify_fit_original": (" · 原图 {name} 的哈希相符", " · the hash of the original {name} agrees"),
    "verify_fit_list": ("失效的数字", "Stale figures"),
    "verify_workspace_upload": ("放入另一个工作库：{name}", "Give another workspace: {name}"),
    "verify_workspace_upload_again": ("换一个工作库：{name}", "Give yet another workspace: {name}"),
    "verify_workspace_upload_note": (
        "以上按正在使用的工作库核对；凭证若出自另一个同名的工作库，请放入那个文件。",
        "Checked against the workspace in use; if the receipt is of another one of the same name, give that file.",
    ),
    "verify_original_upload": ("放入配准所用的原图（可不放）", "Give the original picture (optional)"),
    "verify_original_upload_again": ("换一张原图", "Give another original"),
    "verify_original_upload_note": (
        "只核对它的哈希，不打开图像。",
        "Only its hash is compared; the picture is not opened.",
    ),
    "fit_point": ("点 {name}", "Point {name}"),
    "fit_dx_m": ("东向残差（m）", "residual east (m)"),
    "fit_dy_m": ("北向残差（m）", "residual north (m)"),
    "fit_length_m": ("残差长（m）", "length of the residual (m)"),
    "fit_method": ("拟合方法", "Method of the fit"),
    "fit_rms_m": ("残差均方根 RMS", "RMS of residuals"),
    "fit_standard_error_m": ("单坐标中误差", "Standard error"),
    "fit_dof": ("自由度", "Degrees of freedom"),
    "fit_loo_rms_m": ("逐点剔除 RMS", "Left-out RMS"),
    "fit_check_rms_m": ("检查点 RMS", "RMS of check points"),
    "fit_error_m": ("描图误差", "Error for tracing"),
    "fit_source_sha256": ("原图", "Original picture"),
}

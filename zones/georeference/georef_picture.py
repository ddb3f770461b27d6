"""The picture to be laid on the ground: a page of a PDF or a TIFF, a PNG or a JPEG, as plain red, green, blue, alpha.

What a file is, is told by its first bytes, and only the one decoder for that is called. Sizes are looked at
before a pixel is unpacked.
"""

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from zones.errors import InputError
from zones.intake.import_guard import Kind, fits, head_of

Pixels = npt.NDArray[np.uint8]
"""(height, width, 4): red, green, blue and alpha, 0 to 255."""

MOST_BYTES = 300 * 1024**2
MOST_PIXELS = 150_000_000
"""A0 at 300 dots per inch has 139 million."""

LEAST_SIDE = 16
DPI = 200
DPI_RANGE = (36, 600)
POINTS_PER_INCH = 72
ORIENTATION = 0x0112

SUFFIXES = {
    ".png": Kind.PNG,
    ".jpg": Kind.JPEG,
    ".jpeg": Kind.JPEG,
    ".tif": Kind.TIFF,
    ".tiff": Kind.TIFF,
    ".pdf": Kind.PDF,
}


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture, unpacked.

    Attributes
    ----------
    pixels : (height, width, 4) array
    sha256 : str
        Of the file as it is.
    kind : str
        `PNG`, `JPEG`, `TIFF` or `PDF`.
    page, pages : int
        Which page, from 1, of how many.
    dpi : int or None
        Dots per inch a PDF page was drawn with.
    notes : tuple of (str, str)
        Kind and sentence of what was done to it.
    """

    pixels: Pixels
    sha256: str
    kind: str
    page: int
    pages: int
    dpi: int | None
    notes: tuple[tuple[str, str], ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        height, width = self.pixels.shape[:2]
        return width, height


def read_picture(path: Path, *, page: int = 1, dpi: int = DPI, upright: bool = True) -> Picture:
    """Return a picture of a file.

    Parameters
    ----------
    path : Path
        PNG, JPEG, TIFF or PDF.
    page : int
        Of a PDF or a TIFF, from 1.
    dpi : int
        Dots per inch to draw a PDF page with.
    upright : bool
        Whether a photograph is turned as its camera says; QGIS, for one, does not turn it.

    Raises
    ------
    InputError
        If it is no such file, too large, damaged, or holds numbers in place of a picture.
    """
    kind = picture_kind(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if kind == "PDF":
        return _of_pdf(path, page, dpi, digest)
    with warnings.catch_warnings():
        # A picture within our own bounds is no bomb; what is odd in a TIFF's tags is no fault of the picture.
        warnings.simplefilter("ignore")
        try:
            with Image.open(path, formats=(kind,)) as image:
                return _of_image(image, path, kind, page, digest, upright=upright)
        except UnidentifiedImageError:
            if kind == "TIFF" and page == 1:
                return _of_bands(path, digest)
            raise InputError(f"{path}: its kind of {kind} cannot be read; save it anew as PNG") from None
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise InputError(f"{path}: is damaged or cut off ({_short(error)}); get it anew") from None


def picture_kind(path: Path) -> Kind:
    """Return what a file is, once its name and its first bytes agree.

    Raises
    ------
    InputError
    """
    head = head_of(path)
    told = SUFFIXES.get(path.suffix.lower())
    if told is None:
        raise InputError(f"{path}: '{path.suffix}' is no picture that can be read; use PNG, JPG, TIFF or PDF")
    if path.stat().st_size > MOST_BYTES:
        raise InputError(f"{path}: is larger than {MOST_BYTES >> 20} MB; scan it with fewer dots per inch")
    found = next((kind for kind in SUFFIXES.values() if fits(kind, head)), None)
    # A PDF may have some bytes before its mark.
    if found is None and told is Kind.PDF and b"%PDF-" in head[:1024]:
        found = Kind.PDF
    if found is None:
        raise InputError(f"{path}: does not hold a {told} picture; check the file and its name")
    return found


def _of_image(image: Image.Image, path: Path, kind: str, page: int, digest: str, *, upright: bool) -> Picture:
    pages = int(getattr(image, "n_frames", 1))
    _refuse_page(path, page, pages)
    if page > 1:
        image.seek(page - 1)
    _refuse_size(path, *image.size)
    notes: list[tuple[str, str]] = []
    turned = int(image.getexif().get(ORIENTATION, 1))
    mode = image.mode
    whole: Image.Image = image
    if turned != 1 and upright:
        whole = ImageOps.exif_transpose(image)
        notes.append(("turned", "the picture was turned upright as its camera says; columns and rows are those after"))
    if mode.startswith("I;16") or mode == "I":
        pixels, note = _of_deep(np.asarray(whole), path)
        notes.append(note)
    elif mode == "F":
        raise InputError(f"{path}: holds measured values, no picture; save it as an image with 8 bits")
    else:
        pixels = np.array(whole.convert("RGBA"), dtype=np.uint8)
        if mode == "CMYK":
            notes.append(("cmyk", "printing colours (CMYK) were turned into screen colours without a colour profile"))
    return Picture(pixels, digest, kind, page, pages, None, tuple(notes))


def _of_bands(path: Path, digest: str) -> Picture:
    """Return a TIFF of a kind that only GDAL knows, such as a scan with 16 bits for each colour."""
    import rasterio
    from rasterio.errors import RasterioError

    try:
        with rasterio.open(path, driver="GTiff") as file:
            _refuse_size(path, file.width, file.height)
            if file.count < 3 or set(file.dtypes[:3]) - {"uint8", "uint16"}:
                raise InputError(f"{path}: its kind of TIFF cannot be read; save it anew as PNG")
            bands = np.moveaxis(file.read([1, 2, 3]), 0, 2)
            alpha = file.dataset_mask()
    except RasterioError as error:
        raise InputError(f"{path}: is damaged or cut off ({_short(error)}); get it anew") from None
    notes: tuple[tuple[str, str], ...] = ()
    if bands.dtype != np.uint8:
        deep, note = _of_deep(bands, path)
        bands, notes = deep[:, :, :3], (note,)
    return Picture(np.ascontiguousarray(np.dstack([bands, alpha])), digest, "TIFF", 1, 1, None, notes)


def _of_deep(values: npt.NDArray[np.generic], path: Path) -> tuple[Pixels, tuple[str, str]]:
    """Return 8 bits of a picture of 16, stretched over the values it has."""
    numbers = values.astype(np.float64)
    low, high = float(numbers.min()), float(numbers.max())
    if high <= low:
        raise InputError(f"{path}: has one and the same value everywhere; check the file")
    grey = np.round((numbers - low) / (high - low) * 255).astype(np.uint8)
    alpha = np.full(grey.shape[:2], 255, dtype=np.uint8)
    sentence = f"16 bits became 8: values {low:.0f} to {high:.0f} were spread over black to white"
    colours = grey if grey.ndim == 3 else np.dstack([grey, grey, grey])
    return np.dstack([colours, alpha]), ("deep", sentence)


def _of_pdf(path: Path, page: int, dpi: int, digest: str) -> Picture:
    import pypdfium2

    if not DPI_RANGE[0] <= dpi <= DPI_RANGE[1]:
        raise InputError(f"--dpi is {dpi}; choose {DPI_RANGE[0]} to {DPI_RANGE[1]}")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(f"{path}: is locked with a password; save it without one") from None
        raise InputError(f"{path}: is damaged or cut off ({_short(error)}); get it anew") from None
    try:
        _refuse_page(path, page, len(document))
        sheet = document[page - 1]
        width, height = (side * dpi / POINTS_PER_INCH for side in sheet.get_size())
        if width * height > MOST_PIXELS:
            fits = int(dpi * (MOST_PIXELS / (width * height)) ** 0.5)
            raise InputError(f"{path}: page {page} has {_millions(width * height)} at {dpi} dpi; use --dpi {fits}")
        _refuse_size(path, int(width), int(height))
        drawn = sheet.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True).to_numpy()
        pixels = np.array(drawn[:, :, :4], dtype=np.uint8)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise InputError(f"{path}: is damaged or cut off ({_short(error)}); get it anew") from None
    finally:
        document.close()
    pixels[:, :, 3] = 255
    return Picture(pixels, digest, "PDF", page, pages, dpi, ())


def _refuse_page(path: Path, page: int, pages: int) -> None:
    if not 1 <= page <= pages:
        raise InputError(f"{path}: has {pages} pages, and page {page} was asked for; give another with --page")


def _refuse_size(path: Path, width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise InputError(
            f"{path}: {width} × {height} pixels are above {_millions(MOST_PIXELS)}; scan it with fewer dots per inch, "
            "or cut it into parts"
        )
    if min(width, height) < LEAST_SIDE:
        raise InputError(f"{path}: {width} × {height} pixels are too few for a plan figure; check the file")


def _millions(count: float) -> str:
    return f"{count / 1e6:.0f} million pixels"


def _short(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:120]

"""Pictures of every kind become the same four bands; what is none, or too large, is refused before it is unpacked."""

import hashlib

import numpy as np
import pypdf
import pytest
import rasterio
from PIL import Image

from zones.errors import InputError
from zones.georeference import georef_picture
from zones.georeference.georef_picture import ORIENTATION, read_picture

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")

COLOURS = np.zeros((40, 60, 3), dtype=np.uint8)
COLOURS[:20, :30] = (204, 51, 51)
COLOURS[20:, 30:] = (51, 51, 204)


def saved(folder, name, image=None, **options):
    path = folder / name
    (image or Image.fromarray(COLOURS)).save(path, **options)
    return path


MODES = [(mode, suffix) for mode in ("RGB", "RGBA", "P", "L", "LA", "1") for suffix in ("png", "tif")]


@pytest.mark.parametrize(("mode", "suffix"), [*MODES, ("CMYK", "tif")])
def test_every_mode_becomes_four_bands(tmp_path, mode, suffix):
    picture = read_picture(saved(tmp_path, f"a.{suffix}", Image.fromarray(COLOURS).convert(mode)))
    assert (picture.size, picture.pixels.shape, picture.pixels.dtype) == ((60, 40), (40, 60, 4), np.uint8)
    assert (picture.pixels[:, :, 3] == 255).all()
    if mode in ("RGB", "RGBA", "P"):
        assert picture.pixels[5, 5].tolist() == [204, 51, 51, 255]
    assert [kind for kind, _ in picture.notes] == (["cmyk"] if mode == "CMYK" else [])


def test_alpha_is_kept(tmp_path):
    clear = Image.fromarray(np.dstack([COLOURS, np.full((40, 60), 7, np.uint8)]))
    assert (read_picture(saved(tmp_path, "a.png", clear)).pixels[:, :, 3] == 7).all()


def test_sixteen_bits_are_spread_and_said(tmp_path):
    values = np.linspace(1000, 5000, 40 * 60).reshape(40, 60).astype(np.uint16)
    picture = read_picture(saved(tmp_path, "a.tif", Image.fromarray(values)))
    assert (picture.pixels[0, 0, 0], picture.pixels[-1, -1, 0]) == (0, 255)
    assert picture.notes == (("deep", "16 bits became 8: values 1000 to 5000 were spread over black to white"),)


@pytest.mark.parametrize(
    ("count", "dtype", "kinds"), [(3, "uint16", ["deep"]), (4, "uint16", ["deep"]), (5, "uint8", [])]
)
def test_scans_that_only_gdal_reads(tmp_path, count, dtype, kinds):
    path = tmp_path / "a.tif"
    bands = np.repeat(np.moveaxis(COLOURS, 2, 0)[:1], count, axis=0).astype(dtype) * (100 if dtype == "uint16" else 1)
    bands[1] = 0
    with rasterio.open(path, "w", driver="GTiff", width=60, height=40, count=count, dtype=dtype) as file:
        file.write(bands)
    picture = read_picture(path)
    assert picture.size == (60, 40)
    assert [kind for kind, _ in picture.notes] == kinds
    brightest = 255 if kinds else 204
    assert picture.pixels[5, 5, :3].tolist() == [brightest, 0, brightest]


def test_a_tiff_of_three_measured_bands_is_refused(tmp_path):
    path = tmp_path / "a.tif"
    with rasterio.open(path, "w", driver="GTiff", width=60, height=40, count=3, dtype="float32") as file:
        file.write(np.ones((3, 40, 60), np.float32))
    with pytest.raises(InputError, match="kind of TIFF cannot be read"):
        read_picture(path)


def test_a_photograph_is_turned_upright_unless_it_shall_not(tmp_path):
    """Orientation 6: the camera lay on its side, so the picture has to be turned a quarter clockwise."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    path = saved(tmp_path, "a.jpg", exif=exif, quality=95)
    turned = read_picture(path)
    assert (turned.size, turned.kind) == ((40, 60), "JPEG")
    assert [kind for kind, _ in turned.notes] == ["turned"]
    assert turned.pixels[5, 35, :3].tolist() == pytest.approx((204, 51, 51), abs=25)
    assert read_picture(path, upright=False).size == (60, 40)


def test_pages_of_a_tiff(tmp_path):
    other = Image.new("RGB", (50, 50), "green")
    path = saved(tmp_path, "a.tiff", save_all=True, append_images=[other])
    assert (read_picture(path).pages, read_picture(path, page=2).size) == (2, (50, 50))
    with pytest.raises(InputError, match="has 2 pages, and page 3 was asked for"):
        read_picture(path, page=3)


def pdf(path, *sizes):
    """Write empty pages with a size in inches; the second has a turn of its own."""
    writer = pypdf.PdfWriter()
    for at, (width, height) in enumerate(sizes):
        page = writer.add_blank_page(72 * width, 72 * height)
        if at == 1:
            page.rotate(90)
    writer.write(path)
    return path


def test_pdf_pages_are_drawn_at_the_dots_asked_for(tmp_path):
    path = pdf(tmp_path / "a.pdf", (4, 2), (4, 2))
    first = read_picture(path, dpi=100)
    assert (first.size, first.pages, first.dpi, first.kind) == ((400, 200), 2, 100, "PDF")
    assert (first.pixels == 255).all()
    assert first.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_picture(path, page=2, dpi=50).size == (100, 200)


def test_what_a_pdf_shows_stands_where_it_should(tmp_path):
    """A picture of 60 x 40 dots on a page of its own size: red above left, blue below right."""
    path = tmp_path / "a.pdf"
    Image.fromarray(COLOURS).save(path, resolution=72, quality=95)
    pixels = read_picture(path, dpi=144).pixels
    assert pixels.shape == (80, 120, 4)
    assert pixels[10, 10, :3].tolist() == pytest.approx((204, 51, 51), abs=25)
    assert pixels[70, 110, :3].tolist() == pytest.approx((51, 51, 204), abs=25)


def test_pdf_faults(tmp_path):
    path = pdf(tmp_path / "a.pdf", (200, 200))
    with pytest.raises(InputError, match=r"page 1 has 1600 million pixels at 200 dpi; use --dpi 61"):
        read_picture(path)
    with pytest.raises(InputError, match="--dpi is 9000; choose 36 to 600"):
        read_picture(path, dpi=9000)
    with pytest.raises(InputError, match="has 1 pages, and page 0"):
        read_picture(path, page=0)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(InputError, match="locked with a password"):
        read_picture(tmp_path / "locked.pdf")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n nothing more")
    with pytest.raises(InputError, match="is damaged or cut off"):
        read_picture(tmp_path / "cut.pdf")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.gif", b"GIF89a", "'.gif' is no picture that can be read"),
        ("a.tif", b"<VRTDataset></VRTDataset>", "does not hold a TIFF picture"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "kind of PNG cannot be read"),
        ("a.jpg", b"", "does not hold a JPEG picture"),
    ],
)
def test_what_is_no_picture(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_picture(path)
    assert sentence in str(refused.value)


def test_missing_cut_flat_and_measured(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_picture(tmp_path / "a.png")
    whole = saved(tmp_path, "a.png", Image.effect_noise((80, 80), 50)).read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="is damaged or cut off"):
        read_picture(tmp_path / "cut.png")
    with pytest.raises(InputError, match="holds measured values"):
        read_picture(saved(tmp_path, "f.tif", Image.fromarray(np.ones((40, 40), np.float32))))
    with pytest.raises(InputError, match="one and the same value"):
        read_picture(saved(tmp_path, "g.tif", Image.fromarray(np.ones((40, 40), np.uint16))))
    with pytest.raises(InputError, match="too few for a plan figure"):
        read_picture(saved(tmp_path, "s.png", Image.new("L", (40, 5))))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = saved(tmp_path, "a.png", Image.new("1", (13000, 12000)))
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(georef_picture.Image.Image, "convert", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(InputError, match="13000 × 12000 pixels are above 150 million pixels"):
        read_picture(path)

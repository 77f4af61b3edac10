"""The bundled model: small, the same for every loader, never silent, and it knows some Vietnamese."""

import subprocess
import sys
import time

import numpy as np
import pytest

from indexer.encoders import load_encoder
from indexer.encoders.loading import BUNDLED
from indexer.words import words

pytestmark = pytest.mark.model

TEXTS = [
    "Nhiệm vụ của Sở Giáo dục và Đào tạo",
    "Kế hoạch số 15/KH-UBND ngày 17/3/2026 về chuyển đổi số",
    "giáo_dục_xyz qwertz 漢字 №5",
    "hỗ trợ hộ nghèo xây nhà " * 300,
    "x",
]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def segmented(texts):
    return [" ".join(words(text)) for text in texts]


def test_size_in_the_repository():
    size = sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file())
    assert size <= 40_000_000


def test_card_names_data_figures_and_limits():
    card = (BUNDLED / "README.md").read_text("utf-8")
    for part in ("## Data", "## Limits", "## Figures", "## Recipe", '"seed"'):
        assert part in card


def test_same_vectors_from_model2vec(encoder):
    model2vec = pytest.importorskip("model2vec")
    model = model2vec.StaticModel.from_pretrained(str(BUNDLED))
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), model.encode(segmented(TEXTS)), atol=1e-5)


@pytest.mark.slow
def test_same_vectors_from_sentence_transformers(encoder):
    transformers = pytest.importorskip("sentence_transformers")
    model = transformers.SentenceTransformer(str(BUNDLED), device="cpu")
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), model.encode(segmented(TEXTS)), atol=1e-5)


@pytest.mark.parametrize(
    "text", ["a", "1", "漢", "и", "ẵ", "qwrtzpsdfgh", "a" * 3000, "15/2024/NĐ-CP", "½ x"]
)
def test_never_silent_on_a_text_with_a_letter_or_digit(encoder, text):
    assert np.linalg.norm(encoder.encode_queries([text])[0]) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        ("tiền giúp người nghèo", "trợ cấp xã hội cho hộ nghèo", "khai thác khoáng sản"),
        ("sổ đỏ", "giấy chứng nhận quyền sử dụng đất", "giấy phép lái xe"),
        ("nghỉ đẻ được mấy tháng", "thời gian hưởng chế độ thai sản", "thời gian bảo quản hồ sơ"),
        ("UBND xã", "ủy ban nhân dân cấp xã", "công ty chứng khoán"),
        ("dạy bơi cho trẻ", "phòng, chống đuối nước cho học sinh", "phòng cháy, chữa cháy rừng"),
    ],
)
def test_everyday_wording_is_nearer_to_its_official_one(encoder, query, near, far):
    asked, one, other = encoder.encode_queries([query, near, far])
    assert asked @ one > asked @ other + 0.1


def test_fast_enough(encoder):
    short = [
        ["cấp", "giấy_phép", "xây_dựng", "cho", "người_dân", f"số_{n % 50}", *["và"] * 24]
        for n in range(5000)
    ]
    texts = [""] * len(short)
    encoder.encode_passages(texts[:100], short[:100])
    start = time.process_time()
    encoder.encode_passages(texts, short)
    assert time.process_time() - start < 1.0


def test_loads_without_torch_and_in_little_memory():
    code = (
        "import resource, sys\n"
        "from indexer.encoders import load_encoder\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "encoder = load_encoder()\n"
        "encoder.encode_queries([''], [['giáo_dục']])\n"
        "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "assert 'torch' not in sys.modules and 'sentence_transformers' not in sys.modules\n"
        "print((after - before) // 1024)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(run.stdout) <= 150

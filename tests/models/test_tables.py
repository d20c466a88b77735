"""Tables: their shape, the numbers in them, what is missing, and their three forms."""

import csv
import io
import re

import pytest

from viewlock.models.metrics import REGIONS
from viewlock.models.summaries import SUBSETS, average, summarise
from viewlock.models.table_forms import comma_separated, latex, markdown, write_tables
from viewlock.models.tables import (
    ablation_table,
    cost_table,
    interval_table,
    mask_table,
    region_table,
    subset_table,
    tables_of,
)


def record(scene, subset, psnr, **other):
    part = {"pixels": 10, "mse": 0.01, "mae": 5.0}
    return {
        "dataset": 0, "key": f"{scene}", "scene": scene, "subset": subset, "psnr": psnr, "ssim": psnr / 40,
        "mse": 10 ** (-psnr / 10), "kept": None, "psnr_kept": None, "ssim_kept": None, "lpips": None, "dreamsim": None,
        "mask": None, "regions": {name: dict(part) for name in REGIONS}, "unchanged": False, **other,
    }  # fmt: skip


def records(shift=0.0, **other):
    return [record(k, SUBSETS[k % 4], 20.0 + k % 4 + shift, **other) for k in range(12)]


def method(name, found, needs=(), facts=None):
    summary = summarise(found, records())
    return {"name": name, "label": name.upper(), "needs": list(needs), "facts": facts or {}, "summary": summary,
            "scores": found}  # fmt: skip


@pytest.fixture
def results():
    kept = {"kept": 0.8, "psnr_kept": 30.0, "ssim_kept": 0.9}
    mask = {"mask": {"tp": 6, "fp": 2, "fn": 4}}
    return {
        "samples": dict.fromkeys(SUBSETS, 3), "scenes": 12, "level": 0.95, "draws": 2000,
        "missing": {"lpips": "no weights", "dreamsim": "no package"},
        "methods": [
            method("identity", records(unchanged=True)), method("flow", records(3, **kept)),
            method("truth", records(9), ["flow_1to2"]),
            method("run_1", records(5, **mask), facts={"predicts": "x0", "DMP": "yes"}),
        ],
    }  # fmt: skip


def test_subsets_count_alike():
    found = average([*records(), record(50, "LcLf", 100.0)], lambda r: r["psnr"])
    assert found["subsets"]["LcLf"] == pytest.approx((3 * 20 + 100) / 4)
    assert found["average"] == pytest.approx((40 + 21 + 22 + 23) / 4)
    assert found["samples"] == 13


def test_a_subset_without_samples_has_no_mean():
    found = average([r for r in records() if r["subset"] != "ScLf"], lambda r: r["psnr"])
    assert found["subsets"]["ScLf"] is None
    assert found["average"] == pytest.approx((20 + 21 + 23) / 3)
    assert average(records(), lambda r: r["lpips"])["average"] is None


def test_summaries_pool_errors_and_pixels():
    two = [record(0, "LcLf", 20.0), record(1, "LcLf", 40.0)]
    two[0]["regions"]["dynamic"] = {"pixels": 30, "mse": 0.1, "mae": 8.0}
    two[1]["regions"]["dynamic"] = {"pixels": 10, "mse": 0.0, "mae": 0.0}
    two[1]["regions"]["relit"] = two[0]["regions"]["relit"] = {"pixels": 0, "mse": 0.0, "mae": 0.0}
    two[0]["mask"], two[1]["mask"] = {"tp": 1, "fp": 0, "fn": 1}, {"tp": 5, "fp": 2, "fn": 1}
    found = summarise(two, two)
    assert found["pooled_psnr"]["average"] == pytest.approx(22.9671, abs=1e-4)  # -10 log10((0.01 + 0.0001) / 2)
    assert found["psnr"]["average"] == 30
    assert found["regions"]["dynamic"] == {"pixels": 40, "psnr": pytest.approx(11.2494, abs=1e-4), "mae": 6.0}
    assert found["regions"]["relit"] == {"pixels": 0, "psnr": None, "mae": None}
    assert found["mask"] == {"precision": 0.75, "recall": 0.75, "f1": 0.75}


def test_the_gain_is_paired():
    """Samples differ by 60 dB from each other, and by 1 dB between methods."""
    reference = [record(k, "LcLf", 20.0 + 5 * k) for k in range(12)]
    found = summarise([record(k, "LcLf", 21.0 + 5 * k) for k in range(12)], reference)
    assert found["gain"]["average"] == pytest.approx(1)
    assert found["gain"]["interval"] == pytest.approx([1, 1])
    assert found["psnr"]["interval"][1] - found["psnr"]["interval"][0] > 10


def test_table_2_has_the_papers_shape(results):
    table = subset_table(results)
    assert table.head == ["method", *SUBSETS, "Avg", "LPIPS", "DreamSim"]
    assert [row[0] for row in table.rows] == ["IDENTITY", "FLOW", "FLOW † (80 %)", "*TRUTH*", "RUN_1"]
    assert all(len(row) == len(table.head) for row in table.rows)
    assert table.rows[0][1:6] == ["20.00 / 0.500", "21.00 / 0.525", "22.00 / 0.550", "23.00 / 0.575", "21.50 / 0.537"]
    assert table.rows[0][6:] == ["–", "–"], "what is missing is not invented"
    assert table.rows[2][1] == "30.00 / 0.900"
    assert [row[5] for row in table.rows if "**" in row[5]] == ["**26.50 / 0.662**"], "the best that sees no truth"
    notes = " ".join(table.notes)
    assert "LPIPS is missing: no weights." in notes
    assert "answered I2" not in notes, "that the identity answers I2 is no news"
    assert "vouches for" in notes
    results["methods"] = [method for method in results["methods"] if method["summary"]["kept"]["share"] is None]
    assert results["methods"] and "vouches for" not in " ".join(subset_table(results).notes), "no row has a dagger"


def test_giving_up_is_told(results):
    results["methods"][1]["summary"]["unchanged"] = 2
    assert "mostly for want of matches: FLOW 2." in " ".join(subset_table(results).notes)


def test_the_other_tables(results):
    assert interval_table(results).rows[1][3].startswith("3.00 [3.00, 3.00]")
    regions = region_table(results)
    assert regions.head == ["method", *REGIONS]
    assert regions.rows[0][1] == "20.00 / 5.0"
    assert mask_table(results).rows == [["RUN_1", "0.750", "0.600", "0.667"]]
    ablation = ablation_table(results)
    assert ablation.head[:3] == ["run", "predicts", "DMP"]
    assert ablation.rows == [["RUN_1", "x0", "yes", "26.50", "0.662", "–", "–"]]
    assert [table.name for table in tables_of(results)] == ["table2", "intervals", "regions", "masks", "table4"]
    results["methods"].pop()
    assert [table.name for table in tables_of(results)] == ["table2", "intervals", "regions"]
    assert cost_table({"A": {"seconds": 0.5, "megabytes": None}}).rows == [["A", "0.500", "–"]]


def test_markdown_lines_have_the_same_cells(results):
    for table in tables_of(results):
        lines = [line for line in markdown(table).splitlines() if line.startswith("|")]
        assert len(lines) == len(table.rows) + 2
        assert {line.count("|") for line in lines} == {len(table.head) + 1}


def test_csv_has_one_number_a_cell(results):
    rows = list(csv.reader(io.StringIO(comma_separated(subset_table(results)))))
    assert rows[0][:3] == ["method", "LcLf psnr", "LcLf ssim"]
    assert {len(row) for row in rows} == {13}
    assert rows[1][0] == "IDENTITY"
    assert float(rows[1][1]) == 20
    assert rows[1][-1] == ""
    assert rows[4][0] == "TRUTH"
    rows = list(csv.reader(io.StringIO(comma_separated(interval_table(results)))))
    assert rows[0][1:4] == ["PSNR", "PSNR low", "PSNR high"]
    assert float(rows[1][2]) < float(rows[1][1]) < float(rows[1][3])


def test_a_column_without_numbers_keeps_its_parts(results):
    for method in results["methods"]:
        method["summary"]["regions"]["unreliable"] = {"pixels": 0, "psnr": None, "mae": None}
        method["summary"]["psnr"]["interval"] = None
    rows = list(csv.reader(io.StringIO(comma_separated(region_table(results)))))
    assert rows[0][-2:] == ["unreliable psnr", "unreliable mae"]
    assert rows[1][-2:] == ["", ""]
    assert region_table(results).rows[0][-1] == "–"
    assert interval_table(results).rows[0][1] == "21.50"


def test_latex_is_balanced_and_escaped(results):
    for table in tables_of(results):
        text = latex(table)
        body = text.split(r"\midrule")[1].split(r"\bottomrule")[0].strip().splitlines()
        assert len(body) == len(table.rows)
        assert {len(re.findall(r"(?<!\\)&", line)) for line in body} == {len(table.head) - 1}
        assert text.count("{") == text.count("}")
        assert "–" not in text
        assert "†" not in text
    text = latex(subset_table(results))
    assert r"RUN\_1" in text
    assert r"FLOW $\dagger$ (80 \%)" in text
    assert r"\emph{TRUTH}" in text
    assert r"\textbf{26.50 / 0.662}" in text


def test_files(results, tmp_path):
    write_tables(tables_of(results), tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"tables.md"} | {
        f"{name}.{form}" for name in ("table2", "intervals", "regions", "masks", "table4") for form in ("csv", "tex")
    }

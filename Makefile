# One command for each thing people do. `make demo` and `make test` set everything up by themselves.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
# The reference Blender: the 4.5 long-term release.
# The CPU build is enough for the tests; set TORCH=torch for the newest CUDA build.
BPY    ?= bpy==4.5.15
TORCH  ?= torch==2.13.0
DEMO   ?= demo
DEBIAN_LIBRARIES := libgl1 libopengl0 libglx0 libglvnd0 libx11-6 libxext6 libxfixes3 libxi6 libxrender1 \
                    libxkbcommon0 libsm6 libice6 libxt6 libuuid1 libstdc++6 libglib2.0-0

# A cluster of one's own for one test; skipped where they are not.
DEBIAN_TEST_PROGRAMS := slurmctld slurmd slurm-client

.PHONY: help setup libraries test-programs demo test check check-style bench test-bpy5 clean

help:            ## what there is
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

setup: $(VENV)/.ready  ## .venv with everything, and the Debian libraries Blender needs

libraries:
	@bash .ci/libraries $(DEBIAN_LIBRARIES)

test-programs:
	@bash .ci/libraries --optional $(DEBIAN_TEST_PROGRAMS)

$(VENV)/.ready: pyproject.toml Makefile
	@$(MAKE) --no-print-directory libraries
	@command -v $(PYTHON) >/dev/null || { echo "viewlock needs Python 3.11 (bpy is built for it): install it, or say make PYTHON=/path/to/python3.11"; exit 2; }
	$(call new_venv,$(VENV),$(BPY))
	@touch $@

define new_venv
	$(PYTHON) -m venv $(1)
	$(1)/bin/pip install --quiet --upgrade pip
	$(1)/bin/pip install --quiet $(TORCH)
	$(1)/bin/pip install --quiet --editable '.[all]' '$(2)' --group dev
endef

demo: setup      ## a small dataset of each kind, and pictures of them, in demo/
	$(BIN)/python examples/demo.py $(DEMO)

test: setup test-programs  ## every test, in two processes
	$(BIN)/python -m pytest -n 2 --dist loadfile

check-style: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright

check: check-style  ## lint, types and the fast tests
	$(BIN)/python -m pytest -n 2 --dist loadfile -m 'not render'

bench: setup     ## costs, in CPU seconds, and the long soak
	$(BIN)/python -m benchmarks

test-bpy5: setup ## the render tests on Blender 5.0
	$(call new_venv,.venv-bpy5,bpy==5.0.1)
	.venv-bpy5/bin/python -m pytest -n 2 --dist loadfile -m render

clean:           ## remove what the other commands made
	rm -rf $(VENV) .venv-bpy5 demo demo.run build .pytest_cache .ruff_cache

# 考证 Kaozheng. `make` prints what there is to do.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
CANDIDATES ?= 500
ROLE ?= exam-officer
# many tests wait for processes: more workers than two cores pay
WORKERS ?= 4

# BROKER=apache: Apache Kafka (BROKERS=3 nodes) instead of the embedded broker; needs Java 17 and, once, Maven
# BROKER=docker: Kafka and PostgreSQL in containers as long as the command runs; needs a Docker engine
ifdef BROKER
export KAOZHENG_BROKER := $(BROKER)
endif
ifdef BROKERS
export KAOZHENG_BROKERS := $(BROKERS)
endif

VENV := .venv
BIN := $(VENV)/bin
ifeq ($(BROKER),docker)
IN_CONTAINERS := $(BIN)/python -m tests.containers
demo up: setup-dev
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SOURCES := kaozheng services shared tests benchmarks

##@ 开始 Start

.PHONY: help
help:  ## 显示本帮助 Show this help
	@awk 'BEGIN {FS = ":.*##"} \
	  /^##@/ {printf "\n\033[1m%s\033[0m\n", substr($$0, 5)} \
	  /^[a-z-]+:.*##/ {printf "  \033[36mmake %-11s\033[0m%s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: setup  ## 跑完整个主流程并核对 Run the main job and check every sum (CANDIDATES=500)
	@$(IN_CONTAINERS) $(BIN)/kaozheng demo --candidates $(CANDIDATES)

.PHONY: setup
setup: $(VENV)/.setup  ## 安装到 .venv Install into .venv

.PHONY: setup-dev
setup-dev: $(VENV)/.setup-dev  ## 另装开发工具 Install development tools too

##@ 运行 Run

.PHONY: up
up: setup  ## 启动并显示地址 Start everything, print the addresses (PORTS=free, FOREGROUND=1)
	@$(IN_CONTAINERS) $(BIN)/kaozheng up $(if $(filter free,$(PORTS)),--free-ports) $(if $(FOREGROUND)$(IN_CONTAINERS),--foreground)

.PHONY: down
down: setup  ## 停止，数据保留 Stop; data stays
	@$(BIN)/kaozheng down

.PHONY: status
status: setup  ## 各进程健康状况 Health of each process
	@$(BIN)/kaozheng status

.PHONY: logs
logs: setup  ## 查看日志 Show logs (SERVICE=exam, FOLLOW=1)
	@$(BIN)/kaozheng logs $(SERVICE) $(if $(FOLLOW),--follow)

.PHONY: token
token: setup  ## 签发令牌 Print a staff token (ROLE=exam-officer)
	@$(BIN)/kaozheng token --role $(ROLE)

KAFKA = KAOZHENG_STATE_DIR=.kaozheng/kafka KAOZHENG_SERVICES='[]' KAOZHENG_BROKER=apache KAOZHENG_BROKERS=$(or $(BROKERS),3)

.PHONY: kafka-up
kafka-up: setup  ## 启动 Apache Kafka 集群 Run Apache Kafka without Docker (BROKERS=3)
	@$(KAFKA) $(BIN)/kaozheng up --free-ports

.PHONY: kafka-down
kafka-down: setup  ## 停止该集群，数据保留 Stop that cluster; data stays
	@$(KAFKA) $(BIN)/kaozheng down

##@ 开发 Develop

.PHONY: check
check: setup-dev  ## 快速检查 Lint, types, import rules, layout, contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy $(SOURCES)
	@$(BIN)/lint-imports --no-cache > /dev/null || $(BIN)/lint-imports
	@$(BIN)/python -m kaozheng.contracts check
	@$(BIN)/pytest --quiet tests/architecture tests/contract

.PHONY: contracts
contracts: setup-dev  ## 写出契约 Write event schemas, examples of the APIs, OpenAPI and AsyncAPI documents
	@$(BIN)/python -m kaozheng.contracts export
	@$(BIN)/python -m kaozheng.contracts asyncapi
	@$(BIN)/python -m tests.examples
	@$(BIN)/python -m tests.contract

.PHONY: test
test: setup-dev  ## 全部测试 The whole test suite (ARGS="-k outbox")
	@$(BIN)/pytest --quiet -n $(WORKERS) --dist loadfile $(ARGS)

.PHONY: stories
stories: setup-dev  ## 系统做什么，逐个讲 What the system does, story by story (ONLY="main-job …")
	@$(BIN)/python -m tests.stories $(ONLY) $(ARGS)

.PHONY: test-kafka
test-kafka: setup-dev  ## 消息、端到端、故障测试 Messaging, end-to-end and fault tests on Apache Kafka (BROKERS=3)
	@KAOZHENG_BROKER=apache KAOZHENG_BROKERS=$(or $(BROKERS),3) $(BIN)/pytest --quiet -n 2 --dist loadfile $(ARGS) \
	  tests/conformance tests/chaos/test_storm.py tests/e2e/test_main_job.py \
	  $(addprefix tests/faults/test_,crashes.py flow.py outages.py)

# FAULTS: main jobs go on until so many have struck; KINDS: some of those that `python -m tests.chaos --help` lists
CHAOS = KAOZHENG_BROKER=apache KAOZHENG_BROKERS=$(or $(BROKERS),3) $(BIN)/python -m tests.chaos \
  --candidates $(CANDIDATES) $(if $(SEED),--seed $(SEED)) $(if $(KINDS),--kinds $(KINDS)) \
  $(if $(FAULTS),--faults $(FAULTS))

.PHONY: chaos
chaos: setup-dev  ## 主流程加故障 The main job on Apache Kafka through seeded faults (SEED= RUNS=1 KINDS= FAULTS=30)
	@$(CHAOS) $(if $(RUNS),--runs $(RUNS))

.PHONY: soak
soak: setup-dev  ## 长时故障 Storms with new seeds until the time is over, and a report (MINUTES=60 RUNS=)
	@$(CHAOS) $(if $(RUNS),--runs $(RUNS)) --minutes $(or $(MINUTES),60) --report .kaozheng/soak/$$(date +%Y%m%d-%H%M%S).md

.PHONY: fmt
fmt: setup-dev  ## 整理格式 Format and fix what can be fixed
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

.PHONY: hooks
hooks: setup-dev  ## 提交前检查 Look over what is committed, before each commit
	@$(BIN)/prek install

# for every system and Python at once, with hashes and without an address; what is pinned stays unless told otherwise
PIN = @$(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
  --no-annotate --no-header --all-extras pyproject.toml

.PHONY: pins
pins: setup-dev  ## 重算固定版本 Pin again what pyproject.toml asks for (ARGS="--upgrade-package fastapi")
	$(PIN) --group bench --output-file requirements-bench.txt $(ARGS)
	$(PIN) --group dev --constraint requirements-bench.txt --output-file requirements-dev.txt
	$(PIN) --group build --constraint requirements-bench.txt --output-file requirements.txt

.PHONY: bench
bench: $(VENV)/.setup-bench  ## 性能测量 Measure beside peers (ARGS="relay --quick")
	@$(BIN)/python -m benchmarks $(ARGS)

# many lives, unless said otherwise: in a short run the start weighs
LIVES = $(if $(filter file,$(origin CANDIDATES)),8000,$(CANDIDATES))

.PHONY: pair
pair: setup-dev  ## 成对比较两个提交 Whole lives of two commits in pairs (BASE=5add143 OTHER=HEAD PAIRS=5 CANDIDATES=8000)
	@$(BIN)/python -m benchmarks.paired $(or $(BASE),5add143) $(or $(OTHER),HEAD) \
	  --pairs $(or $(PAIRS),5) --candidates $(LIVES) $(ARGS)

.PHONY: clean
clean:  ## 停止并删除本地数据与缓存 Stop; delete local data and caches (YES=1: do not ask)
	@if [ -x $(BIN)/kaozheng ]; then $(BIN)/kaozheng clean $(if $(YES),--yes); fi
	@rm -rf build dist ./*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .grimp_cache
	@find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what `setup` does: nothing, as long as the pins have not changed ---

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "需要 Python 3.11 或更新版本：make PYTHON=/path/to/python3.11 …"; \
	  echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "无法创建虚拟环境；Debian/Ubuntu 请先安装 python3-venv。"; \
	  echo "No virtual environment could be made; on Debian or Ubuntu install python3-venv first."; exit 1; }

$(VENV)/.setup: requirements.txt pyproject.toml | $(BIN)/python
	@echo "正在安装依赖 installing into $(VENV) …"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.setup-dev: requirements-dev.txt pyproject.toml | $(BIN)/python
	@echo "正在安装依赖与开发工具 installing into $(VENV) …"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(VENV)/.setup $@

$(VENV)/.setup-bench: requirements-bench.txt $(VENV)/.setup-dev
	@echo "正在安装对照测量所需 installing what the measurements compare with into $(VENV) …"
	@$(PIP) install --require-hashes -r requirements-bench.txt
	@touch $@

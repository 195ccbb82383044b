# Sourced by the scripts beside it, from the repository's root: a Python, the virtual environment, failures in one sentence.
# shellcheck shell=bash
#
# Exit codes, the same for every script:
#   2  HOST, PORT or CHROMIUM is not usable          5  the port is in use
#   3  no Python 3.11 or newer                       6  installing failed
#   4  that Python cannot make virtual environments  7  REQUIRE_BROWSER=1 and no browser
#                                                    8  REQUIRE_NODE=1 and no Node
#
# Kept in .venv beside Python's own files:
#   .made               the Python version and the folder it was made for; another one makes it anew
#   .installed-FILE     checksum of the requirements that were installed from FILE
#   .unfinished         stands while something is being installed; found at the start, all is made anew

program=${0##*/}
python=

fail() { # code, English, Chinese
  printf 'scripts/%s: %s\n%s\n' "$program" "$2" "$3" >&2
  exit "$1"
}

python_version() {
  "$1" -c 'import sys; print(".".join(map(str, sys.version_info[:3])))' 2>/dev/null </dev/null
}

can_run() { # python, statement
  "$1" -c "$2" >/dev/null 2>&1 </dev/null
}

venv_is_sound() {
  [ ! -e .venv/.unfinished ] && [ -f .venv/.made ] || return 1
  [ "$(cat .venv/.made)" = "$(python_version .venv/bin/python) $PWD" ] || return 1
  [ -z "${PYTHON:-}" ] || [ "$(python_version "$PYTHON")" = "$(python_version .venv/bin/python)" ]
}

find_python() { # sets $python: the environment's own where it is sound, else the first that can make one
  local candidate version seen='' without_venv=''
  if venv_is_sound; then
    python=.venv/bin/python
    return
  fi
  if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.13 python3.12 python3.11 python3 python; fi
  for candidate in "$@"; do
    version=$(python_version "$candidate") || continue
    if ! can_run "$candidate" 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      seen="$seen, $candidate $version"
    elif ! can_run "$candidate" 'import venv, ensurepip'; then
      without_venv=${without_venv:-$candidate $version}
    else
      python=$candidate
      return
    fi
  done
  seen=${seen#, }
  [ -z "$without_venv" ] || fail 4 \
    "$without_venv cannot make a virtual environment; install its venv module (Debian, Ubuntu: apt-get install python3-venv) and run this again." \
    "$without_venv 无法创建虚拟环境；请安装 venv 模块（Debian、Ubuntu：apt-get install python3-venv）后重新运行。"
  fail 3 \
    "Python 3.11 or newer is needed; found: ${seen:-none} (looked for: $*); install one, or name it: PYTHON=/path/to/python3.12 scripts/$program" \
    "需要 Python 3.11 或更高版本，已找到：${seen:-无}（查找范围：$*）；请安装，或指定其路径：PYTHON=/path/to/python3.12 scripts/$program"
}

make_venv() {
  ! venv_is_sound || return 0
  rm -rf .venv
  mkdir .venv
  : >.venv/.unfinished
  "$python" -m venv .venv >.venv/install.log 2>&1 || fail 4 \
    "making the virtual environment with $python failed: $(tail -n 1 .venv/install.log)" \
    "用 $python 创建虚拟环境失败，见上一行。"
  printf '%s %s\n' "$(python_version .venv/bin/python)" "$PWD" >.venv/.made
  rm .venv/.unfinished
}

checksum() { # requirements file
  cat requirements.txt "$1" | cksum
}

install() { # requirements file
  local stamp=.venv/.installed-$1
  [ "$(cat "$stamp" 2>/dev/null)" != "$(checksum "$1")" ] || return 0
  printf '%s\n' "First start: installing $1 into .venv, about a minute … 首次启动：正在安装 $1，约需一分钟……"
  : >.venv/.unfinished
  .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --requirement "$1" \
    >.venv/install.log 2>&1 </dev/null || fail 6 \
    "installing $1 failed ($(grep '^ERROR' .venv/install.log | tail -n 1)); check the network or name a package mirror with PIP_INDEX_URL and run this again; all of pip's output is in .venv/install.log" \
    "安装 $1 失败；请检查网络，或用 PIP_INDEX_URL 指定软件包镜像后重新运行；pip 的完整输出见 .venv/install.log"
  checksum "$1" >"$stamp"
  checksum requirements.txt >.venv/.installed-requirements.txt # requirements-dev.txt includes it
  rm .venv/.unfinished
}

prepare() { # requirements file; afterwards .venv/bin/python has what it asks for
  find_python
  make_venv
  install "$1"
}

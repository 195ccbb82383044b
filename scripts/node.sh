# Sourced by scripts/check and scripts/test: a Node, what package-lock.json names, and everything that checks the browser's side.
# shellcheck shell=bash
#
# Without a Node the JavaScript is left out with one line; REQUIRE_NODE=1 installs one (as root on a Debian) or fails.
# node_modules/.installed holds the checksum of the lock file that was installed.

NODE_LEAST=18.18

node_is_there() {
  command -v npm >/dev/null && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number), [least, after] = process.argv[1].split(".").map(Number);
    process.exit(major > least || (major === least && minor >= after) ? 0 : 1)' "$NODE_LEAST" 2>/dev/null
}

install_node() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  echo "installing Debian's nodejs npm … 正在安装 Debian 软件包 nodejs npm……"
  apt-get update >/dev/null 2>&1 </dev/null || true # an old list may still do
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends nodejs npm >/dev/null 2>&1 </dev/null
}

install_modules() {
  local sum
  sum=$(cksum <package-lock.json)
  [ "$(cat node_modules/.installed 2>/dev/null)" != "$sum" ] || return 0
  npm ci --no-fund --no-audit --loglevel=error >.venv/npm.log 2>&1 </dev/null && echo "$sum" >node_modules/.installed
}

leave_out_javascript() { # reason
  [ "${REQUIRE_NODE:-}" != 1 ] || fail 8 "Node is required, but $1; all of npm's output is in .venv/npm.log" \
    "需要 Node ${NODE_LEAST} 或更高版本（含 npm），但无法使用；npm 的输出见 .venv/npm.log"
  echo "JavaScript is left out: $1. 未检查 JavaScript。"
}

prepare_node() { # sets node_lacks to the reason where JavaScript cannot be checked
  node_lacks=
  if ! node_is_there && ! { [ "${REQUIRE_NODE:-}" = 1 ] && install_node && node_is_there; }; then
    node_lacks="there is no Node $NODE_LEAST or newer with npm"
  elif ! install_modules; then
    node_lacks="npm could not install what package-lock.json names"
  fi
}

check_javascript() { # returns 1 where something was found
  local found=0
  prepare_node
  if [ -n "$node_lacks" ]; then
    leave_out_javascript "$node_lacks"
  else
    npm run --silent types || found=1
    npm run --silent lint || found=1
    npm test --silent >.venv/javascript.log 2>&1 || { cat .venv/javascript.log; found=1; }
  fi
  return "$found"
}

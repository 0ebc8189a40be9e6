#!/bin/sh
# Builds the page into dist/: content-hashed files, each with its .gz. Needs esbuild and React 18, from Debian or from npm,
# and makes use of terser where it is there.
# `build.sh --dev` makes readable files with source maps and rebuilds on every change.
set -eu
cd "$(dirname "$0")"

if [ -d node_modules/react ]; then
  esbuild=node_modules/.bin/esbuild
  terser=node_modules/.bin/terser
elif grep -q '"version": "18\.' /usr/share/nodejs/react/package.json 2>/dev/null && command -v esbuild >/dev/null; then
  esbuild=esbuild
  terser=terser
  export NODE_PATH=/usr/share/nodejs
else
  echo 'web: esbuild or React 18 is missing: apt-get install esbuild node-react node-react-dom, or npm install in web/' >&2
  exit 1
fi

bundle() {
  "$esbuild" src/main.tsx --bundle --format=esm --splitting --jsx=automatic \
    --target=es2021,chrome111,firefox113,safari16.4 --outdir=dist --log-level=warning "$@"
}

# Fills the names of the files into the document: page JS CSS CHUNKS
page() { sed -e "s|%JS%|/$1|" -e "s|%CSS%|/$2|" -e "s|%CHUNKS%|$3|" src/index.html > dist/index.html; }

rm -rf dist build
mkdir dist build
cp -R public/. src/routes.json dist/
if [ "${1:-}" = --dev ]; then
  page assets/main.js assets/main.css ''
  bundle --entry-names='assets/[name]' --chunk-names='assets/[name]-[hash]' --sourcemap=inline --watch
  exit
fi

bundle --minify --define:process.env.NODE_ENV='"production"' --define:__REACT_DEVTOOLS_GLOBAL_HOOK__=undefined \
  --entry-names='assets/[name]-[hash]' --chunk-names='assets/[name]-[hash]' --asset-names='assets/[name]-[hash]' --legal-comments=external \
  --metafile=build/meta.json
# Terser finds what esbuild does not look for, most of it in React, and leaves the names of files alone.
if command -v "$terser" >/dev/null; then
  for script in dist/assets/*.js; do
    "$terser" "$script" --module --ecma 2020 --compress passes=3,ecma=2020 --mangle --output build/terse.js
    mv build/terse.js "$script"
  done
fi
cat licenses/*.txt $(find dist -name '*.LEGAL.txt' -size +0 | sort) > dist/licenses.txt
find dist -name '*.LEGAL.txt' -delete
js=$(cd dist && echo assets/main-*.js)
css=$(cd dist && echo assets/main-*.css)
# What main imports statically; chunks of lazy pages are not loaded ahead.
chunks=$(grep -oE '(from|import) ?"\./chunk-[A-Z0-9]+\.js"' "dist/$js" | grep -oE 'chunk-[A-Z0-9]+\.js' | sort -u |
  sed 's|.*|<link rel="modulepreload" href="/assets/&">|' | tr -d '\n')
page "$js" "$css" "$chunks"
# Zopfli finds a smaller gzip of the same bytes, for it has the time.
if command -v zopfli >/dev/null; then compress='zopfli --i50'; else compress='gzip -9kn'; fi
find dist -type f \( -name '*.js' -o -name '*.css' -o -name '*.svg' -o -name '*.json' -o -name '*.txt' \) \
  -exec $compress {} +

# Not tried: the machine that this was written on has no Docker. `npm ci` brings a current Node and
# builds the WebAssembly kernels; the first `npm start` builds the pages.
FROM node:22-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DAILY_KERNEL_DIR=/data
WORKDIR /app
COPY . .
# With development dependencies: the compilers of kernels and pages are among them.
RUN npm ci --include=dev && npm cache clean --force && mkdir /data && chown -R node:node /app /data
USER node
# The pages are built once, here, so that the first reader does not wait.
RUN node_modules/.bin/node -e "import('/app/apps/site/build-if-changed.ts').then((m) => m.buildIfChanged())"
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which would not hand signals on.
CMD ["node_modules/.bin/node", "apps/site/serve.ts"]

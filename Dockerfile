# The image of compose.yaml: built as `make install` builds it, run as a user without rights.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY pyproject.toml README.md LICENSE requirements.lock package.json package-lock.json .npmrc ./
COPY tools tools
COPY src src
RUN python tools/bootstrap.py && rm -rf node_modules var

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-ita \
    tesseract-ocr-fra tesseract-ocr-spa tesseract-ocr-deu tesseract-ocr-osd && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --create-home concilia
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CONCILIA_HOME=/data
USER concilia
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD \
    ["python", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:8000/healthz', timeout=4)"]
CMD ["concilia", "serve", "--host", "0.0.0.0"]

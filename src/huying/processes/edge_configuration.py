"""The text of nginx's configuration. Pure: from the edge's settings alone."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

PHONE_RELAY_ADDRESS = "127.0.0.2"
"""The relay speaks to Asterisk from an address of its own, so that no trunk identified by its address can be mistaken for it."""

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "media-src 'self' blob: mediastream:; worker-src 'self' blob:; connect-src 'self' ws://$http_host wss://$http_host; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors"
)


class EdgeShape(Protocol):
    """What the text depends on."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def web_port(self) -> int: ...
    @property
    def asterisk_port(self) -> int: ...
    @property
    def certificate(self) -> Path | None: ...
    @property
    def key(self) -> Path | None: ...
    @property
    def strict_transport(self) -> bool: ...


def render(shape: EdgeShape, folder: Path, user: str | None) -> str:
    """The whole file. `user` is whom the workers run as, None when nginx is not started by root."""
    return _MAIN.format(
        user=f"user {user} {_group(user)};" if user else "",
        folder=folder,
        listen=_listen(shape),
        tls=_tls(shape),
        strict='add_header Strict-Transport-Security "max-age=31536000" always;' if shape.strict_transport else "",
        web_port=shape.web_port,
        asterisk_port=shape.asterisk_port,
        relay=PHONE_RELAY_ADDRESS,
        policy=POLICY,
        down=_error("unavailable", "This part does not answer at the moment: try again in a few seconds."),
        many=_error("too-many-requests", "Too many requests: wait a little and try again."),
        large=_error("too-large", "This is too large to be sent."),
        missing=_error("not-found", "There is no such thing."),
    )


def _error(code: str, message: str) -> str:
    return f'\'{{"error":{{"code":"{code}","message":"{message}","details":{{}}}}}}\''


def _group(user: str) -> str:
    return "nogroup" if user == "nobody" else user


def _listen(shape: EdgeShape) -> str:
    host = f"[{shape.host}]" if ":" in shape.host else shape.host
    return f"listen {host}:{shape.port}{' ssl' if shape.certificate else ''};"


def _tls(shape: EdgeShape) -> str:
    if shape.certificate is None:
        return ""
    return (
        f"http2 on; ssl_certificate {shape.certificate}; ssl_certificate_key {shape.key}; ssl_protocols TLSv1.2 TLSv1.3; "
        "ssl_session_cache shared:tls:2m; error_page 497 =301 https://$http_host$request_uri;"
    )


_MAIN = """\
{user}
worker_processes 2;
worker_shutdown_timeout 3s;
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 8192; }}

http {{
  types {{
    text/html html; text/css css; text/plain txt; text/javascript js mjs; application/json json map; application/manifest+json webmanifest;
    image/svg+xml svg; image/png png; image/jpeg jpg jpeg; image/webp webp; image/x-icon ico; font/woff2 woff2; font/woff woff;
    audio/wav wav; audio/mpeg mp3; audio/ogg ogg; application/wasm wasm;
  }}
  default_type application/octet-stream;
  charset utf-8;
  server_tokens off;
  absolute_redirect off;
  access_log off;
  sendfile on;
  tcp_nodelay on;
  keepalive_timeout 65s;
  client_header_timeout 15s;
  client_body_timeout 30s;
  client_max_body_size 10m;
  large_client_header_buffers 4 16k;
  client_body_temp_path {folder}/temporary/body;
  proxy_temp_path {folder}/temporary/proxy;
  fastcgi_temp_path {folder}/temporary/fastcgi;
  uwsgi_temp_path {folder}/temporary/uwsgi;
  scgi_temp_path {folder}/temporary/scgi;
  gzip on;
  gzip_comp_level 6;
  gzip_min_length 1024;
  gzip_types text/css text/javascript application/json image/svg+xml application/manifest+json;

  map $http_upgrade $connection_upgrade {{ default upgrade; "" ""; }}
  map $uri $frame_ancestors {{ default "'none'"; ~^/site/ "'self'"; }}
  limit_req_zone $binary_remote_addr zone=requests:4m rate=100r/s;
  limit_req_zone $binary_remote_addr zone=visitors:4m rate=10r/s;
  limit_conn_zone $binary_remote_addr zone=sockets:4m;
  limit_conn_zone $arg_token zone=visits:4m;
  limit_req_status 429;
  limit_conn_status 429;

  upstream web {{ server 127.0.0.1:{web_port} max_fails=0; keepalive 32; }}
  upstream phones {{ server 127.0.0.1:{asterisk_port} max_fails=0; }}

  proxy_http_version 1.1;
  proxy_connect_timeout 2s;
  proxy_set_header Host $http_host;
  proxy_set_header X-Real-IP $remote_addr;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;

  server {{
    {listen}
    {tls}
    error_page 500 502 503 504 =503 @down;
    error_page 429 @many;
    error_page 413 @large;
    add_header Content-Security-Policy "{policy} $frame_ancestors" always;
    add_header X-Content-Type-Options nosniff always;
    add_header Referrer-Policy same-origin always;
    add_header Permissions-Policy "microphone=(self), camera=(), geolocation=()" always;
    add_header Cross-Origin-Opener-Policy same-origin always;
    {strict}

    location = /edge-health {{ return 204; }}

    location / {{ root {folder}/pages/desk; try_files $uri /index.html =404; expires -1; }}
    # The desk in another company's page: the web process knows which pages those are. No opener policy here, or the window that
    # signs in could not speak to the frame that opened it; and its own headers, because one of them is not everybody's.
    location /embed/ {{
      auth_request /internal/embed-ancestors;
      auth_request_set $embed_ancestors $upstream_http_x_frame_ancestors;
      root {folder}/pages/desk;
      try_files /index.html =404;
      add_header Content-Security-Policy "{policy} $embed_ancestors" always;
      add_header X-Content-Type-Options nosniff always;
      add_header Referrer-Policy same-origin always;
      add_header Permissions-Policy "microphone=(self), camera=(), geolocation=()" always;
      {strict}
      expires -1;
    }}
    # The library for those pages: one file, for everybody.
    location = /embed/huying-desk.js {{
      root {folder}/pages/desk;
      add_header X-Content-Type-Options nosniff always;
      add_header Cross-Origin-Resource-Policy cross-origin always;
      add_header Access-Control-Allow-Origin "*" always;
      {strict}
      expires 5m;
    }}
    location = /internal/embed-ancestors {{
      internal;
      proxy_pass http://web/internal/embed-ancestors;
      proxy_pass_request_body off;
      proxy_read_timeout 5s;
      proxy_set_header Host $http_host;
      proxy_set_header Content-Length "";
      proxy_set_header Upgrade "";
      proxy_set_header Connection "";
      proxy_set_header X-Original-URI $request_uri;
      proxy_set_header Cookie "";
    }}
    location /assets/ {{ root {folder}/pages/desk; try_files $uri =404; expires max; }}
    location = /site {{ return 301 /site/; }}
    location /site/ {{ alias {folder}/pages/site/; index index.html; expires -1; }}
    location /site/assets/ {{ alias {folder}/pages/site/assets/; expires max; }}

    location /api/ {{ limit_req zone=requests burst=400 nodelay; proxy_pass http://web; proxy_read_timeout 120s; }}
    location = /api/customer-imports {{
      limit_req zone=requests burst=400 nodelay;
      client_max_body_size 64m;
      proxy_pass http://web;
      proxy_read_timeout 300s;
    }}
    location = /api/customer-exports {{ limit_req zone=requests burst=400 nodelay; proxy_pass http://web; proxy_read_timeout 600s; }}
    location /health/ {{ limit_req zone=requests burst=400 nodelay; proxy_pass http://web; proxy_read_timeout 10s; }}
    # nginx writes whole request lines into its log of errors; these carry a visitor's token.
    location /public/ {{
      error_log stderr crit;
      limit_req zone=visitors burst=60 nodelay;
      proxy_pass http://web;
      client_max_body_size 64k;
    }}

    # The desk has a page of the same name: a browser that opens it asks for no upgrade.
    location = /live {{
      if ($http_upgrade = "") {{ rewrite ^ /index.html last; }}
      limit_conn sockets 2000;
      proxy_pass http://web;
      proxy_buffering off;
      proxy_read_timeout 120s;
      proxy_send_timeout 30s;
    }}

    location = /phone {{
      error_log stderr crit;
      limit_conn sockets 2000;
      limit_conn visits 3;
      auth_request /internal/phone-auth;
      proxy_pass http://phones/ws;
      proxy_bind {relay};
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header Cookie "";
      proxy_set_header Authorization "";
      proxy_buffering off;
      proxy_read_timeout 3600s;
      proxy_send_timeout 30s;
    }}

    location = /internal/phone-auth {{
      internal;
      error_log stderr crit;
      proxy_pass http://web/internal/phone-auth;
      proxy_pass_request_body off;
      proxy_read_timeout 5s;
      proxy_set_header Host $http_host;
      proxy_set_header Content-Length "";
      proxy_set_header Upgrade "";
      proxy_set_header Connection "";
      proxy_set_header X-Original-URI $request_uri;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
    }}

    location /internal {{ default_type application/json; return 404 {missing}; }}

    location @down {{ default_type application/json; return 503 {down}; }}
    location @many {{ default_type application/json; return 429 {many}; }}
    location @large {{ default_type application/json; return 413 {large}; }}
  }}
}}
"""

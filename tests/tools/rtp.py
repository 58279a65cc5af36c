"""Sound on the wire for the tests: G.711 A-law, packets written for a player, packets overheard on this machine's loopback."""

from __future__ import annotations

import asyncio
import socket
import struct
from pathlib import Path

import numpy as np
from sounds import Samples

RATE = 8000
PACKET_SAMPLES = 160
PCMA = 8
ETHERNET_HEADER, IP_HEADER, UDP_HEADER, RTP_HEADER = 14, 20, 8, 12
ETH_P_ALL = 3
OUTGOING = 4


def alaw(samples: Samples) -> bytes:
    """Encode by ITU-T G.711."""
    value = (np.clip(samples, -1, 1) * 4095).astype(np.int64)
    sign = np.where(value >= 0, 0x80, 0)
    size = np.minimum(np.abs(value), 4095)
    exponent = np.clip(np.floor(np.log2(np.maximum(size, 1))).astype(np.int64) - 4, 0, 7)
    mantissa = np.where(exponent == 0, size >> 1, size >> exponent) & 0x0F
    return ((sign | (exponent << 4) | mantissa) ^ 0x55).astype(np.uint8).tobytes()


def from_alaw(encoded: bytes) -> Samples:
    """Decode by ITU-T G.711; -1 to 1."""
    byte = np.frombuffer(encoded, dtype=np.uint8).astype(np.int64) ^ 0x55
    exponent, mantissa = (byte & 0x70) >> 4, byte & 0x0F
    size = np.where(exponent == 0, (mantissa << 1) + 1, ((mantissa << 1) + 33) << np.maximum(exponent - 1, 0))
    return np.where(byte & 0x80, size, -size).astype(np.float64) / 4096


def write_pcap(path: Path, samples: Samples) -> Path:
    """Packets of 20 ms as a file that sipp plays (it puts in addresses and ports by itself)."""
    encoded = alaw(samples)
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for number, start in enumerate(range(0, len(encoded) - PACKET_SAMPLES + 1, PACKET_SAMPLES)):
            rtp = struct.pack(">BBHII", 0x80, PCMA, number & 0xFFFF, (start + 8000) & 0xFFFFFFFF, 0x48595947)
            payload = rtp + encoded[start : start + PACKET_SAMPLES]
            udp = struct.pack(">HHHH", 6000, 6000, UDP_HEADER + len(payload), 0)
            ip = struct.pack(
                ">BBHHHBBH4s4s", 0x45, 0, IP_HEADER + len(udp) + len(payload), number & 0xFFFF, 0, 64, 17, 0, b"\x7f\0\0\1", b"\x7f\0\0\1"
            )
            frame = b"\0" * 12 + b"\x08\0" + ip + udp + payload
            seconds, micros = divmod(number * 20_000, 1_000_000)
            file.write(struct.pack("<IIII", seconds, micros, len(frame), len(frame)) + frame)
    return path


async def overhear(port: int, seconds: float) -> Samples:
    """What is sent to this UDP port of 127.0.0.1 as A-law, in the order of arrival. Needs root."""
    heard = bytearray()
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL)) as ear:
        ear.bind(("lo", 0))
        ear.setblocking(False)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while (left := deadline - loop.time()) > 0:
            try:
                async with asyncio.timeout(left):
                    frame, (_, _, kind, *_) = await loop.sock_recvfrom(ear, 65535)
            except TimeoutError:
                break
            # Loopback shows every packet twice: going out and coming in.
            if kind != OUTGOING:
                heard += _sound_for(port, frame)
    return from_alaw(bytes(heard))


def _sound_for(port: int, frame: bytes) -> bytes:
    if len(frame) < ETHERNET_HEADER + IP_HEADER + UDP_HEADER + RTP_HEADER or frame[ETHERNET_HEADER + 9] != socket.IPPROTO_UDP:
        return b""
    to = int.from_bytes(frame[ETHERNET_HEADER + IP_HEADER + 2 : ETHERNET_HEADER + IP_HEADER + 4])
    rtp = frame[ETHERNET_HEADER + IP_HEADER + UDP_HEADER :]
    return rtp[RTP_HEADER:] if to == port and rtp[1] & 0x7F == PCMA else b""

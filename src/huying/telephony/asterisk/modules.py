"""The modules Asterisk loads: only what is used, so that it starts fast and offers little to attack."""

from __future__ import annotations

STORES_AND_TIME = "res_sorcery_config res_sorcery_memory res_sorcery_astdb res_timing_timerfd"
# Not res_timing_pthread: it makes up for every tick it has missed, so that a machine that is overloaded for longer never recovers.
SIP = (
    "res_http_websocket res_websocket_client res_pjproject res_pjsip res_pjsip_session res_pjsip_authenticator_digest"
    " res_pjsip_outbound_authenticator_digest res_pjsip_endpoint_identifier_user res_pjsip_endpoint_identifier_ip"
    " res_pjsip_registrar res_pjsip_outbound_registration res_pjsip_nat res_pjsip_sdp_rtp res_pjsip_caller_id"
    " res_pjsip_dtmf_info res_pjsip_rfc3326 res_pjsip_header_funcs res_pjsip_pubsub res_pjsip_refer res_pjsip_path res_pjsip_acl"
    " res_pjsip_mwi res_pjsip_mwi_body_generator res_pjsip_dlg_options res_pjsip_logger res_pjsip_transport_websocket chan_pjsip"
)
SOUND = (
    "res_crypto res_srtp res_rtp_asterisk codec_alaw codec_ulaw codec_a_mu codec_g722 codec_gsm codec_resample"
    " codec_opus_open_source res_format_attr_opus format_pcm format_wav format_gsm format_sln res_musiconhold"
)
CALLS = (
    "bridge_simple bridge_native_rtp bridge_softmix bridge_holding res_mutestream res_stasis res_stasis_answer"
    " res_stasis_playback res_stasis_recording res_stasis_snoop app_stasis"
)
CONTROL = (
    "res_ari res_ari_model res_ari_applications res_ari_asterisk res_ari_bridges res_ari_channels res_ari_endpoints"
    " res_ari_events res_ari_playbacks res_ari_recordings"
)
DIALPLAN = (
    "pbx_config app_echo app_playback app_playtones app_senddtmf app_minivm app_milliwatt app_verbose func_channel func_callerid func_cut"
    " func_logic func_strings func_timeout func_rand func_math"
)

MODULES: tuple[str, ...] = tuple(f"{STORES_AND_TIME} {SIP} {SOUND} {CALLS} {CONTROL} {DIALPLAN}".split())


def render_modules(more: tuple[str, ...] = ()) -> str:
    """The text of modules.conf; `more` are names of further modules."""
    lines = ["[modules]", "autoload = no", *(f"load = {name}.so" for name in (*MODULES, *more))]
    return "\n".join(lines) + "\n"

/** The second line: whom I ask meanwhile, with whom I talk now, and the four ways on. */
import { CheckCircleOutlined, MergeCellsOutlined, RollbackOutlined, SwapOutlined, TeamOutlined } from "@ant-design/icons";
import type { ConsultRow } from "@huying/api";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";
import { Elapsed } from "@/parts/time";
import { useCommand } from "@/parts/useCommand";
import { commandParties, type PartyCommand } from "@/server/callOperations";
import { CallButton } from "./CallButton";
import css from "./CallBar.module.css";
import { useNamesOfParties } from "./useNamesOfParties";

export function ConsultLine(props: { readonly contactId: string; readonly consult: ConsultRow }): ReactNode {
  const { t, code } = useTexts();
  const { consult } = props;
  const names = useNamesOfParties();
  const { run, busy } = useCommand();
  const act = (command: PartyCommand) => (): void => void run(() => commandParties(props.contactId, command), `${command} ${consult.focus}`);
  const talking = consult.state === "talking";
  const here = consult.focus === "consult";
  return (
    <div className={css.line} data-focus={here} data-state={consult.state} data-testid="consult-line" role="group" aria-label={t("consult.title")}>
      <span className={css.phase}>
        <TeamOutlined />
        <b>{code("consult_state", talking && !here ? "held" : consult.state)}</b>
        <Elapsed since={consult.since} />
      </span>
      <strong className={css.asked} title={names.consulted(consult)} data-testid="consult-name">
        {names.consulted(consult)}
      </strong>
      <span className={`${css.hint ?? ""} quiet`}>{t(talking ? (here ? "consult.customer_waits" : "consult.asked_waits") : "consult.you_hear_ringing")}</span>
      <span className={css.buttons}>
        {talking && <CallButton testId="swap" label="call.swap" icon={<SwapOutlined />} busy={busy} onPress={act("swap")} />}
        {talking && <CallButton testId="merge" label="call.merge" icon={<MergeCellsOutlined />} busy={busy} onPress={act("merge")} />}
        <CallButton testId="complete" label="call.complete" icon={<CheckCircleOutlined />} look={talking ? "primary" : "plain"} wide busy={busy} onPress={act("complete")} />
      </span>
      <span className={css.apart}>
        <CallButton testId="end-consult" label="call.end_consult" icon={<RollbackOutlined />} wide busy={busy} onPress={act("end-consult")} />
      </span>
    </div>
  );
}

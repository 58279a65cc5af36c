/** What one's own target is called now. */
import type { OwnTarget } from "@huying/api";
import { useTexts } from "@/i18n";
import { phoneNumber } from "@/parts/format";
import { useDirectory } from "@/server/targets";

export function useTargetName(): (target: OwnTarget) => string {
  const { local } = useTexts();
  const directory = useDirectory().data;
  return (target) => {
    const place = [...(directory?.queues ?? []), ...(directory?.flows ?? [])].find((it) => it.id === target.id);
    return directory?.colleagues.find((it) => it.id === target.id)?.name ?? ((place && local(place.name)) || target.label || phoneNumber(target.number));
  };
}

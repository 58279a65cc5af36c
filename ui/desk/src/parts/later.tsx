/** Parts of a screen that come when they are first shown, so that the first load stays small. */
import { lazy, Suspense, type ComponentType, type ReactNode } from "react";

/** The component of a module, loaded when it is first rendered; nothing is shown until then. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => ReactNode {
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return function Later(props: Props): ReactNode {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

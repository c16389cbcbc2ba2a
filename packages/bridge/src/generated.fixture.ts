import { ApiObject, type GroupVersionKind } from "cdk8s";
import type { Construct } from "constructs";

/** A union of number and text as `cdk8s import` generates it. */
export class IntOrString {
  readonly value: number | string;

  private constructor(value: number | string) {
    this.value = value;
  }

  static fromNumber(value: number): IntOrString {
    return new IntOrString(value);
  }

  static fromString(value: string): IntOrString {
    return new IntOrString(value);
  }
}

export interface ServiceSpec {
  readonly type?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly externalIPs?: readonly string[];
  readonly ports?: readonly { readonly port: number; readonly targetPort?: IntOrString }[];
}

/** A class in the way of `cdk8s import`: it resolves first and then copies the fields that it knows. */
export class KubeService extends ApiObject {
  static readonly GVK: GroupVersionKind = { apiVersion: "v1", kind: "Service" };

  constructor(scope: Construct, id: string, props: { readonly spec: ServiceSpec }) {
    super(scope, id, { ...KubeService.GVK, metadata: { name: id }, ...props });
  }

  override toJson(): unknown {
    const { metadata, spec } = super.toJson() as { metadata: unknown; spec: ServiceSpec };
    return { ...KubeService.GVK, metadata, spec: toJsonSpec(spec) };
  }
}

function toJsonSpec({ type, selector, externalIPs, ports }: ServiceSpec): unknown {
  return {
    type,
    selector: selector && Object.fromEntries(Object.entries(selector)),
    externalIPs: externalIPs?.map((ip) => ip),
    ports: ports?.map(({ port, targetPort }) => ({ port, targetPort: targetPort?.value })),
  };
}

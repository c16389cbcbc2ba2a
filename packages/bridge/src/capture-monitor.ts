import { type CapturedAlias, type CapturedResource, decode, encode } from "./captured.js";

/** What a captured program is told, in place of an engine and its providers. */
export interface CaptureMocks {
  /**
   * Outputs of a resource beside its inputs, such as `status`. May be asynchronous; may use `UNKNOWN` and `CapturedSecret`.
   * An error that it throws is the registration's.
   * @default - a resource has the outputs that were its inputs
   */
  readonly outputs?: (resource: CapturedResource) => object | Promise<object>;
  /** Result of a provider function. @default - the function's arguments */
  readonly call?: (call: { readonly token: string; readonly args: Readonly<Record<string, unknown>> }) => object;
}

/** A message of protobuf, as far as it is read here. */
interface Message {
  toJavaScript(): unknown;
}
interface UrnMap {
  entries(): Iterable<[string, { getUrnsList(): string[] }]>;
}
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): Message;
  getProvider(): string;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): UrnMap;
  getVersion(): string;
  getAliasesList(): { hasSpec(): boolean; getUrn(): string; getSpec(): AliasSpec }[];
  getAdditionalsecretoutputsList(): string[];
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
  getProtect(): boolean;
  getDeletebeforereplace(): boolean;
  getRetainondelete(): boolean;
}
interface AliasSpec {
  getName(): string;
  getType(): string;
  getParenturn(): string;
}
interface ReadRequest {
  getType(): string;
  getName(): string;
  getId(): string;
  getParent(): string;
  getProvider(): string;
  getProperties(): Message;
  getDependenciesList(): string[];
  getVersion(): string;
  getAdditionalsecretoutputsList(): string[];
}
type Answer = (error: unknown, response?: unknown) => void;

const STACK = "pulumi:pulumi:Stack";
/** What the engine could do and this monitor cannot: it would have to call back into the program. */
const UNSUPPORTED = new Set(["outputValues", "transforms", "invokeTransforms", "resourceHooks", "errorHooks"]);

/** Stands in for Pulumi's engine: writes down what a program sends, and answers as an engine does that makes everything. */
export class CaptureMonitor {
  readonly resources: CapturedResource[] = [];
  /** Outputs that components and the stack have registered, by URN. */
  readonly outputs = new Map<string, Readonly<Record<string, unknown>>>();
  #answering = 0;
  readonly #mocks: CaptureMocks;
  readonly #program: { readonly project: string; readonly stack: string; readonly preview: boolean };

  constructor(program: { project: string; stack: string; preview: boolean }, mocks: CaptureMocks) {
    this.#program = program;
    this.#mocks = mocks;
  }

  supportsFeature(request: { getId(): string }, answer: Answer): void {
    answer(null, { getHassupport: () => !UNSUPPORTED.has(request.getId()) });
  }

  registerResource(request: RegisterRequest, answer: Answer): void {
    const custom = request.getCustom();
    const urn = this.#urn(request);
    const known = custom && !this.#program.preview;
    const resource: CapturedResource = {
      ...common(request),
      urn,
      ...(known ? { id: `${request.getName()}-id` } : {}),
      custom,
      read: false,
      inputs: decode(request.getObject().toJavaScript()) as Record<string, unknown>,
      propertyDependencies: Object.fromEntries(
        [...request.getPropertydependenciesMap().entries()].map(([property, urns]) => [property, urns.getUrnsList()]),
      ),
      options: {
        ...version(request.getVersion()),
        aliases: request.getAliasesList().map(alias),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        ignoreChanges: request.getIgnorechangesList(),
        replaceOnChanges: request.getReplaceonchangesList(),
        protect: request.getProtect(),
        deleteBeforeReplace: request.getDeletebeforereplace(),
        retainOnDelete: request.getRetainondelete(),
      },
    };
    void this.#made(resource, answer, (state) => ({
      getUrn: () => urn,
      getId: () => resource.id ?? "",
      getObject: () => ({ toJavaScript: () => state }),
      getPropertydependenciesMap: () => undefined,
      getResult: () => 0,
    }));
  }

  readResource(request: ReadRequest, answer: Answer): void {
    const urn = this.#urn(request);
    const resource: CapturedResource = {
      ...common(request),
      urn,
      id: request.getId(),
      custom: true,
      read: true,
      inputs: decode(request.getProperties().toJavaScript()) as Record<string, unknown>,
      propertyDependencies: {},
      options: {
        ...version(request.getVersion()),
        aliases: [],
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        ignoreChanges: [],
        replaceOnChanges: [],
        protect: false,
        deleteBeforeReplace: false,
        retainOnDelete: false,
      },
    };
    void this.#made(resource, answer, (state) => ({
      getUrn: () => urn,
      getProperties: () => ({ toJavaScript: () => state }),
    }));
  }

  invoke(request: { getTok(): string; getArgs(): Message }, answer: Answer): void {
    this.#called(request, answer);
  }

  call(request: { getTok(): string; getArgs(): Message }, answer: Answer): void {
    this.#called(request, answer);
  }

  registerResourceOutputs(request: { getUrn(): string; getOutputs(): Message }, answer: Answer): void {
    this.outputs.set(request.getUrn(), decode(request.getOutputs().toJavaScript()) as Record<string, unknown>);
    answer(null, {});
  }

  registerPackage(_request: unknown, answer: Answer): void {
    answer(null, { getRef: () => "captured" });
  }

  /** Whether an answer is still to come. */
  get busy(): boolean {
    return this.#answering > 0;
  }

  async #made(resource: CapturedResource, answer: Answer, response: (state: unknown) => unknown): Promise<void> {
    this.resources.push(resource);
    this.#answering++;
    try {
      const outputs = (await this.#mocks.outputs?.(resource)) ?? {};
      answer(null, response(encode({ ...resource.inputs, ...outputs })));
    } catch (error) {
      answer(error);
    } finally {
      this.#answering--;
    }
  }

  #called(request: { getTok(): string; getArgs(): Message }, answer: Answer): void {
    const args = decode(request.getArgs().toJavaScript()) as Record<string, unknown>;
    try {
      const result = encode(this.#mocks.call?.({ token: request.getTok(), args }) ?? args);
      answer(null, {
        getFailuresList: () => [],
        getReturn: () => ({ toJavaScript: () => result }),
        getReturndependenciesMap: () => undefined,
      });
    } catch (error) {
      answer(error);
    }
  }

  /** As the engine makes it: with the types of all parents below the stack. */
  #urn(request: { getType(): string; getName(): string; getParent(): string }): string {
    const parents = request.getParent().split("::")[2] ?? STACK;
    const type = parents === STACK ? request.getType() : `${parents}$${request.getType()}`;
    return `urn:pulumi:${this.#program.stack}::${this.#program.project}::${type}::${request.getName()}`;
  }
}

function common(request: RegisterRequest | ReadRequest) {
  const [parent, provider] = [request.getParent(), request.getProvider()];
  return {
    type: request.getType(),
    name: request.getName(),
    ...(parent === "" ? {} : { parent }),
    ...(provider === "" ? {} : { provider }),
    dependsOn: request.getDependenciesList(),
  };
}

function version(text: string): { version?: string } {
  return text === "" ? {} : { version: text };
}

function alias(from: ReturnType<RegisterRequest["getAliasesList"]>[number]): string | CapturedAlias {
  if (!from.hasSpec()) return from.getUrn();
  const spec = from.getSpec();
  return { name: spec.getName(), type: spec.getType(), parentUrn: spec.getParenturn() };
}

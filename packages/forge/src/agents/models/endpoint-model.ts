import { type Model, modelUnavailable } from "./model.ts";
import { sdkModel } from "./sdk-model.ts";

export interface Endpoint {
  /** Of the API, such as `http://localhost:8080/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  readonly maxRetries?: number;
}

/** A model behind an OpenAI-compatible endpoint. */
export function endpointModel({ baseUrl, apiKey, model, maxRetries }: Endpoint): Model {
  return {
    id: model,
    async complete(request) {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      const provider = createOpenAICompatible({ name: "forge", baseURL: baseUrl, apiKey });
      return sdkModel({
        id: model,
        model: provider.chatModel(model),
        secret: apiKey,
        ...(maxRetries !== undefined && { maxRetries }),
      }).complete(request);
    },
  };
}

const variables = ["FORGE_BASE_URL", "FORGE_API_KEY", "FORGE_MODEL"] as const;

/**
 * The model that the environment names.
 * @throws ForgeError `ERR_MODEL_UNAVAILABLE` naming the variables that are missing, never a value.
 */
export function modelFromEnvironment(env: Readonly<Record<string, string | undefined>>): Model {
  const missing = variables.filter((name) => !env[name]);
  if (missing.length > 0)
    throw modelUnavailable(
      `no model is configured: set ${missing.join(", ")} (an OpenAI-compatible endpoint, its key, and the model's name)`,
    );
  return endpointModel({
    baseUrl: env.FORGE_BASE_URL!,
    apiKey: env.FORGE_API_KEY!,
    model: env.FORGE_MODEL!,
  });
}

/** Name of the cloud in every `clouds.yaml` that is made. */
export const CLOUD_NAME = "plinth";

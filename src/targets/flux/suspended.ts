/** Why an object of Flux applies nothing. https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend */
export const SUSPENDED = 'it is suspended';

// The bundler hands style sheets over as text (tools/build.mjs).
declare module '*.css' {
  const text: string;
  export default text;
}

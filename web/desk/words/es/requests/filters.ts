// The desk's page in Spanish: filters kept under a name.
export const filters = {
  button: 'Filtros',
  keep: 'Guardar este filtro',
  name: 'Nombre del filtro',
  rename: 'Cambiar el nombre',
  removeNamed: (name: string) => `Eliminar ${name}`,
  nameOf: (name: string) => `Nombre de ${name}`,
  title: 'Mis filtros',
  empty: 'Ningún filtro guardado: elija una lista y un servicio, y guárdelos con un nombre.',
  manage: 'Gestionar mis filtros',
};

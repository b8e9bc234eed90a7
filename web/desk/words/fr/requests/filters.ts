// The desk's page in French: filters kept under a name.
export const filters = {
  button: 'Filtres',
  keep: 'Garder ce filtre',
  name: 'Nom du filtre',
  rename: 'Renommer',
  removeNamed: (name: string) => `Supprimer ${name}`,
  nameOf: (name: string) => `Nom de ${name}`,
  title: 'Mes filtres',
  empty: 'Aucun filtre gardé : choisissez une liste et un service, puis gardez-les sous un nom.',
  manage: 'Gérer mes filtres',
};

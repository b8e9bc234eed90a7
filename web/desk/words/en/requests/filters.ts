// The desk's page in English: filters kept under a name.
export const filters = {
  button: 'Filters',
  keep: 'Keep this filter',
  name: 'Name of the filter',
  rename: 'Rename',
  removeNamed: (name: string) => `Delete ${name}`,
  nameOf: (name: string) => `Name of ${name}`,
  title: 'My filters',
  empty: 'No filter is kept: choose a list and a service, then keep them under a name.',
  manage: 'Manage my filters',
};

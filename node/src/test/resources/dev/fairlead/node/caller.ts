// Calls a node by what a generator has made of its OpenAPI document.
import { Configuration, ProfileProfile, ProfileProfileApi, ResponseError } from './client';

declare const process: { argv: string[] };

async function call(): Promise<void> {
  const profiles = new ProfileProfileApi(new Configuration({ basePath: process.argv[2] }));
  const ada: ProfileProfile = { customerId: 'c1', name: 'Ada', email: 'ada@example.org', visits: 3 };
  console.log('version', (await profiles.putProfileProfile({ key: 'c1', profileProfile: ada })).version);
  console.log('name', (await profiles.getProfileProfile({ key: 'c1' })).name);
  console.log('keys', (await profiles.listProfileProfile({ limit: 10 })).values.length);
  try {
    await profiles.putProfileProfile({ key: 'c1', profileProfile: ada, ifNoneMatch: '*' });
  } catch (failure) {
    if (!(failure instanceof ResponseError)) {
      throw failure;
    }
    console.log('refused', failure.response.status);
  }
}

call();

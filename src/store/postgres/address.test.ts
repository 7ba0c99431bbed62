import { describe, expect, it } from 'vitest';
import { isServerAddress, readAddress } from './address.ts';

describe('the address of a server', () => {
  it('is kept and shown without its password', () => {
    const address = readAddress('postgres://anna:s%40crete@127.0.0.1:5433/lab');
    expect(address).toMatchObject({ host: '127.0.0.1', port: 5433, database: 'lab', user: 'anna', password: 's@crete' });
    expect(address.text).toBe('postgres://anna@127.0.0.1:5433/lab');
    expect(readAddress('postgresql://anna@[::1]/lab')).toMatchObject({ host: '::1', port: 5432 });
  });

  it('wants TLS with the whole certificate on another machine, and none on this one, unless it says more', () => {
    expect(readAddress('postgres://a@localhost/lab').tls).toBe(false);
    expect(readAddress('postgres://a@db.lab/lab').tls).toEqual({});
    expect(readAddress('postgres://a@db.lab/lab?sslmode=require').tls).toEqual({ rejectUnauthorized: false });
    expect(readAddress('postgres://a@localhost/lab?sslmode=verify-full').tls).toEqual({});
    expect(readAddress('postgres://a@db.lab/lab?sslmode=verify-ca').tls).toMatchObject({ checkServerIdentity: expect.any(Function) });
    expect(() => readAddress('postgres://a@db.lab/lab?sslmode=disable')).toThrow('in the clear to db.lab');
    expect(() => readAddress('postgres://a@db.lab/lab?sslmode=prefer')).toThrow('must be one of disable, require');
    expect(() => readAddress('postgres://a@db.lab/lab?sslrootcert=/nowhere.pem')).toThrow('/nowhere.pem cannot be read');
  });

  it('is refused with how to write it', () => {
    for (const text of ['', 'sqlite', 'postgres://', 'postgres://host', 'mysql://a@b/c', 'postgres://a@b:x/c']) {
      expect(() => readAddress(text)).toThrow(/postgres:\/\/user@host:5432\/database/);
    }
    expect(() => readAddress('postgres://a@localhost/lab?options=x')).toThrow('a part "options"');
    expect([isServerAddress('postgres://a@b/c'), isServerAddress('sqlite')]).toEqual([true, false]);
  });
});

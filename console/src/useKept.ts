// While more is asked for, what is there stays.
import { useEffect, useState } from 'react';

/** The last data that there was. */
export function useKept<Data>(data: Data | undefined): Data | undefined {
  const [shown, setShown] = useState(data);
  useEffect(() => {
    if (data) setShown(data);
  }, [data]);
  return shown;
}

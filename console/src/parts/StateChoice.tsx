// Narrows a page to one state, by its address.
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useModel } from '../model';

/** The state that the address asks for, where it is one of these. */
export function useChosenState<State extends string>(states: readonly State[]): State | undefined {
  const [parameters] = useSearchParams();
  return states.find((each) => each === parameters.get('state'));
}

export function StateChoice({ type, states, every }: { type: string; states: readonly string[]; every: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const [parameters, setParameters] = useSearchParams();
  const choose = (state: string) => {
    const next = new URLSearchParams(parameters);
    if (state) next.set('state', state);
    else next.delete('state');
    setParameters(next, { replace: true });
  };
  return (
    <label className="choice">
      {t('training.state')}{' '}
      <select value={parameters.get('state') ?? ''} onChange={(event) => choose(event.target.value)}>
        <option value="">{every}</option>
        {states.map((each) => (
          <option key={each} value={each}>
            {model.chosen(type, 'state', each)}
          </option>
        ))}
      </select>
    </label>
  );
}

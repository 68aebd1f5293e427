// Fields that keep what is typed: labels above, the browser's own controls, so that the policy has nothing to refuse.
import { type ReactNode, useId } from 'react';

export function Labelled({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: ReactNode;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <p className="quiet small">{hint}</p>}
    </div>
  );
}

interface Given {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  isRequired?: boolean;
}

export function TextField({ label, value, onChange, hint, isRequired }: Given) {
  return (
    <Labelled label={label} hint={hint}>
      {(id) => (
        <input
          id={id}
          type="text"
          required={isRequired}
          maxLength={500}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

export function LongField({ label, value, onChange, hint, isRequired }: Given) {
  return (
    <Labelled label={label} hint={hint}>
      {(id) => (
        <textarea
          id={id}
          rows={3}
          required={isRequired}
          maxLength={2000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

export function DayField({ label, value, onChange, hint, isRequired, min }: Given & { min?: string }) {
  return (
    <Labelled label={label} hint={hint}>
      {(id) => (
        <input
          id={id}
          type="date"
          required={isRequired}
          min={min}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

export function ChoiceField({
  label,
  value,
  onChange,
  options,
}: Given & { options: readonly { value: string; label: string }[] }) {
  return (
    <Labelled label={label}>
      {(id) => (
        <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((each) => (
            <option key={each.value} value={each.value}>
              {each.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

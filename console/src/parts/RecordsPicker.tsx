// Chooses several records by their names; what is chosen stands below, and is left out by a click.
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NounKind } from '../made/graphql/graphql';
import { RecordPicker } from './RecordPicker';

export interface Chosen {
  id: string;
  name: string;
}

export function RecordsPicker({
  label,
  kinds,
  chosen,
  onChange,
}: {
  label: string;
  kinds: NounKind[];
  chosen: readonly Chosen[];
  onChange: (chosen: readonly Chosen[]) => void;
}) {
  const { t } = useTranslation();
  const without = (id: string) => chosen.filter((each) => each.id !== id);
  return (
    <>
      <RecordPicker
        key={chosen.length}
        label={label}
        kinds={kinds}
        onChoose={(id, name) => onChange([...without(id), { id, name }])}
      />
      {chosen.length > 0 && (
        <ul className="chips" aria-label={t('picker.chosen', { label })}>
          {chosen.map((each) => (
            <li key={each.id}>
              <Button
                size="small"
                icon={<CloseOutlined aria-hidden="true" />}
                iconPlacement="end"
                aria-label={t('picker.leaveOut', { name: each.name })}
                onClick={() => onChange(without(each.id))}
              >
                {each.name}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

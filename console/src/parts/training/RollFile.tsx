// The roll of a class as a workbook, for who is signed on.
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../../viewer';

export function RollFile({ id }: { id: string }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  if (!viewer?.isSignedOn) return null;
  return (
    <Button
      icon={<DownloadOutlined aria-hidden="true" />}
      href={`/training/classes/${encodeURIComponent(id)}/roll.xlsx`}
    >
      {t('training.rollFile')}
    </Button>
  );
}

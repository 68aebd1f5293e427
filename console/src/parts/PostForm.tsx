// A post as it is offered or changed; what was typed stays until it is saved.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../deed';
import { CreatePostDocument, EditPostDocument, type PostToldQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { useViewer } from '../viewer';
import { FactShown, Fault } from './Fault';
import { ChoiceField, DayField, Labelled, LongField, TextField } from './Typed';

type Post = NonNullable<PostToldQuery['post']>;

const NEW = { name: '', nameEn: '', vacancies: '1', since: '', until: '', duties: '', requirements: '' };

function typedOf(post: Post | undefined): typeof NEW {
  if (!post) return NEW;
  const { name, nameEn, vacancies, since, until, duties, requirements } = post;
  return {
    name,
    nameEn: nameEn ?? '',
    vacancies: String(vacancies),
    since: since ?? '',
    until: until ?? '',
    duties: duties ?? '',
    requirements: requirements ?? '',
  };
}

export function PostForm({ post, onDone }: { post?: Post; onDone: (id: string) => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const viewer = useViewer();
  const [typed, setTyped] = useState(typedOf(post));
  const offering = (viewer?.roles ?? []).flatMap((each) =>
    each.role === 'INSTITUTION_ADMIN' && each.institution ? [each.institution] : [],
  );
  const [institution, setInstitution] = useState(offering[0]?.id ?? viewer?.institutionIds[0] ?? '');
  const creating = useDeed(CreatePostDocument);
  const editing = useDeed(EditPostDocument);
  const deed = post ? editing : creating;
  const set = (name: keyof typeof NEW) => (value: string) => setTyped({ ...typed, [name]: value });
  const save = async () => {
    const { vacancies, ...texts } = typed;
    const given = Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value || null]));
    const input = { ...given, name: typed.name, vacancies: Number(vacancies) };
    if (post) {
      if (await editing.run({ input: { ...input, id: post.id, version: post.version } })) onDone(post.id);
      return;
    }
    const answer = await creating.run({ input: { ...input, institution }, dryRun: false });
    if (answer?.__typename === 'PostCreated' && answer.id) onDone(answer.id);
  };
  return (
    <form
      className="typed"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {deed.error && <Fault error={deed.error} />}
      {deed.fact && <FactShown fact={deed.fact} />}
      {!post && offering.length > 0 && (
        <ChoiceField
          label={t('post.institution')}
          value={institution}
          onChange={setInstitution}
          options={offering.map((each) => ({ value: each.id, label: model.name(each) }))}
        />
      )}
      <TextField label={t('post.name')} value={typed.name} onChange={set('name')} isRequired />
      <TextField label={t('post.nameEn')} value={typed.nameEn} onChange={set('nameEn')} />
      <Labelled label={t('post.vacancies')}>
        {(id) => (
          <input
            id={id}
            type="number"
            min={1}
            max={999}
            required
            value={typed.vacancies}
            onChange={(event) => set('vacancies')(event.target.value)}
          />
        )}
      </Labelled>
      <DayField label={t('post.since')} value={typed.since} onChange={set('since')} />
      <DayField label={t('post.until')} value={typed.until} min={typed.since || undefined} onChange={set('until')} />
      <LongField label={t('post.duties')} value={typed.duties} onChange={set('duties')} />
      <LongField label={t('post.requirements')} value={typed.requirements} onChange={set('requirements')} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={deed.isBusy}>
          {post ? t('post.save') : t('post.new')}
        </Button>
      </div>
    </form>
  );
}

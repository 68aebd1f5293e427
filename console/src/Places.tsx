// Which page stands at which address; what is heavy is fetched with its page.
import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Routes, useLocation, useParams } from 'react-router';
import { Home } from './pages/Home';
import { NotFound } from './pages/NotFound';
import { Search } from './pages/Search';
import { Boundary } from './parts/Fault';
import { Pending } from './parts/Page';
import { Shell } from './parts/Shell';
import { documentsAt, documentsOfId } from './places';

const List = lazy(() => import('./pages/List'));
const Entity = lazy(() => import('./pages/Entity'));
const Graph = lazy(() => import('./pages/Graph'));
const Paths = lazy(() => import('./pages/Paths'));
const Dashboard = lazy(() => import('./pages/Dashboard'));
const Me = lazy(() => import('./pages/Me'));
const Notices = lazy(() => import('./pages/Notices'));
const Inbox = lazy(() => import('./pages/Inbox'));
const Delegations = lazy(() => import('./pages/Delegations'));
const Exchanges = lazy(() => import('./pages/Exchanges'));
const NewExchange = lazy(() => import('./pages/NewExchange'));
const Ledger = lazy(() => import('./pages/Ledger'));
const Matching = lazy(() => import('./pages/Matching'));
const Posts = lazy(() => import('./pages/Posts'));
const Wishes = lazy(() => import('./pages/Wishes'));
const TrainingClass = lazy(() => import('./pages/TrainingClass'));
const Registrations = lazy(() => import('./pages/Registrations'));
const ImportList = lazy(() => import('./pages/ImportList'));
const Roll = lazy(() => import('./pages/Roll'));
const Flows = lazy(() => import('./pages/Flows'));
const Imports = lazy(() => import('./pages/Imports'));
const Import = lazy(() => import('./pages/Import'));
const FlowRun = lazy(() => import('./pages/FlowRun'));
const Certificate = lazy(() => import('./pages/Certificate'));
const Samples = lazy(() => import('./pages/Samples'));

function Whole({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <Boundary key={pathname}>
      <Suspense
        fallback={
          <main id="main" className="page">
            <Pending />
          </main>
        }
      >
        {children}
      </Suspense>
    </Boundary>
  );
}

/** A list at the address that its word says, or one that has a page of its own. */
function ListPlace({ of }: { of?: string }) {
  const { plural } = useParams();
  const documents = documentsAt(of ?? plural);
  return documents ? <List key={documents.type} documents={documents} /> : <NotFound />;
}

function EntityPlace() {
  const { plural, id } = useParams();
  const documents = documentsAt(plural);
  if (plural === 'certificates' && id && !documentsOfId(id)) return <Certificate number={id} />;
  return documents && id ? <Entity key={id} documents={documents} id={id} /> : <NotFound />;
}

export function Places() {
  return (
    <Shell>
      <Whole>
        <Routes>
          <Route path="/" element={<Home />} />
          <Route path="/search" element={<Search />} />
          <Route path="/graph" element={<Graph />} />
          <Route path="/paths" element={<Paths />} />
          <Route path="/dashboard" element={<Dashboard />} />
          <Route path="/me" element={<Me />} />
          <Route path="/me/delegations" element={<Delegations />} />
          <Route path="/me/notices" element={<Notices />} />
          <Route path="/inbox" element={<Inbox />} />
          <Route path="/inbox/:task" element={<Inbox />} />
          <Route path="/exchanges" element={<Exchanges />} />
          <Route path="/exchanges/new" element={<NewExchange />} />
          <Route path="/exchanges/ledger" element={<Ledger />} />
          <Route path="/exchanges/matching" element={<Matching />} />
          <Route path="/posts" element={<Posts />} />
          <Route path="/exchange-wishes" element={<Wishes />} />
          <Route path="/training" element={<ListPlace of="training-classes" />} />
          <Route path="/training/:id" element={<TrainingClass />} />
          <Route path="/training/:id/registrations" element={<Registrations />} />
          <Route path="/training/:id/import" element={<ImportList />} />
          <Route path="/training/:id/roll" element={<Roll />} />
          <Route path="/flows" element={<Flows />} />
          <Route path="/flows/:id" element={<FlowRun />} />
          <Route path="/imports" element={<Imports />} />
          <Route path="/imports/:id" element={<Import />} />
          <Route path="/api/samples" element={<Samples />} />
          <Route path="/:plural" element={<ListPlace />} />
          <Route path="/:plural/:id" element={<EntityPlace />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Whole>
    </Shell>
  );
}

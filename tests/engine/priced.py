"""Operations of every kind over the demonstration, from one look-up to scans of whole nouns, to hold prices against."""

OPERATIONS = """
{ institution(id: "cd-institution-scu") { name } }
{ institution(id: "cd-institution-scu") { name nameEn kind division { name code } } }
{ institution(id: "cd-institution-scstm") { name people(first: 10) { nodes { name } } } }
{ institution(id: "cd-institution-scu") { name people(first: 10) { totalCount nodes { name } } instruments(first: 5) { totalCount nodes { name } } } }
{ institution(by: {ror: "https://ror.org/011ashp19"}) { name instruments(first: 5, orderBy: [{valueCny: DESC}]) { nodes { name } } } }
{ node(id: "cd-institution-scu") { id } }
{ node(id: "nobody") { id ... on Person { name } } }
{ nodes(ids: ["cd-institution-scu", "cd-institution-scstm", "cq-institution-cqstm", "a", "b", "c"]) { id ... on Institution { name kind } } }
{ instruments(first: 10) { nodes { id name } } }
{ instruments(first: 50) { nodes { id name valueCny category status } } }
{ instruments(first: 100) { nodes { id name owner { name } } } }
{ instruments(first: 1000) { nodes { id name valueCny } } }
{ instruments(first: 10) { totalCount } }
{ instruments(first: 10, orderBy: [{valueCny: DESC}]) { nodes { id name owner { name division { name } } } } }
{ instruments(where: {valueCny: {gte: 1000000}}, orderBy: [{valueCny: DESC}], first: 50) { nodes { name } } }
{ instruments(where: {category: {eq: ANALYTICAL}}, orderBy: [{valueCny: ASC}], first: 20) { totalCount nodes { name } } }
{ instruments(where: {name: {contains: "仪"}}) { totalCount } }
{ instruments(where: {owner: {name: {contains: "大学"}}}, first: 20) { totalCount nodes { name } } }
{ instruments { groups(by: [CATEGORY]) { category count sum { valueCny } } } }
{ instruments { groups(by: [OWNER]) { owner { name } count sum { valueCny } } } }
{ instruments(first: 30) { nodes { name operators(first: 3) { nodes { name } } projects(first: 3) { nodes { name } } } } }
{ people(first: 10) { nodes { name orcid } } }
{ people(first: 10) { totalCount } }
{ people(first: 1000) { nodes { id name } } }
{ people(first: 50, orderBy: [{name: DESC}]) { nodes { name affiliations(first: 5) { nodes { name division { name } } } } } }
{ people(first: 200) { nodes { name affiliations(first: 2) { nodes { name } } topics(first: 3) { nodes { name } } } } }
{ people(where: {orcid: {isNull: false}}) { totalCount } }
{ people(where: {name: {startsWith: "王"}}, first: 20) { totalCount nodes { name } } }
{ people(where: {affiliations: {some: {name: {contains: "大学"}}}}, first: 20) { totalCount nodes { name } } }
{ people(where: {affiliations: {none: {kind: {eq: UNIVERSITY}}}}, first: 20) { totalCount nodes { name } } }
{ people(where: {projects: {some: {}}}) { totalCount } }
{ institutions(first: 10) { nodes { name people(first: 5, orderBy: [{name: ASC}]) { totalCount nodes { name orcid } } } } }
{ institutions(first: 100) { nodes { name people(first: 5, orderBy: [{name: ASC}]) { totalCount nodes { name orcid } } projects(first: 3) { nodes { name } } } } }
{ institutions(first: 10, orderBy: [{instruments: {sum: {valueCny: DESC}}}]) { nodes { name } } }
{ institutions(first: 5, orderBy: [{people: {count: DESC}}]) { nodes { name } } }
{ institutions(where: {people: {some: {edge: {role: {eq: EXPERT}}}}}) { totalCount } }
{ institutions(where: {instruments: {none: {}}, kind: {eq: UNIVERSITY}}) { totalCount } }
{ institutions { groups(by: [KIND]) { kind count } } }
{ institutions(first: 20) { nodes { name instruments(first: 3) { nodes { name projects(first: 2) { nodes { name } } } } } } }
{ projects(first: 20, orderBy: [{startedOn: DESC}]) { nodes { name startedOn } } }
{ projects(first: 20, orderBy: [{name: ASC}]) { totalCount nodes { name institutions(first: 3) { nodes { name } } } } }
{ projects(where: {name: {contains: "研究"}}, first: 10) { totalCount nodes { name } } }
{ projects(where: {institutions: {all: {kind: {eq: UNIVERSITY}}}}) { totalCount } }
{ divisions(first: 30) { nodes { name institutions(first: 5) { totalCount nodes { name } } } } }
{ divisions(first: 200) { nodes { code name } } }
{ topics(first: 20) { nodes { name experts(first: 10) { nodes { name } } } } }
{ agreements { nodes { name parties(first: 10) { nodes { name } } clauses { kind } } } }
{ achievements(first: 50) { nodes { name authors(first: 5) { nodes { name } } } } }
{ achievements { totalCount groups(by: [KIND]) { kind count } } }
{ datasets(first: 20) { totalCount nodes { name keeper { name } } } }
{ a: people(first: 1) { totalCount } b: projects(first: 1) { totalCount } c: institutions(first: 1) { totalCount } }
{ paths(from: "cd-institution-scstm", to: "cq-institution-cqstm", maxHops: 3, first: 3) { nodes { length } } }
{ neighbourhood(of: "cd-institution-scu", depth: 1, limit: 20) { records { id } } }
{ neighbourhood(of: "cd-institution-scu", depth: 2, limit: 100) { counts { name count } records { id } } }
{ history(of: "cd-institution-scu", first: 20) { edges { cursor } nodes { at by changes { field before { value } after { value node { id } } } } pageInfo { hasNextPage } } }
{ search(text: "质谱", first: 10) { nodes { id } } }
{ search(text: "大学", first: 20) { totalCount facets { kind count } nodes { id } } }
{ search(text: "研究", first: 50) { edges { score node { id } } } }
{ _entities(representations: [{__typename: "Institution", id: "cd-institution-scu"}, {__typename: "Institution", ror: "https://ror.org/011ashp19"}]) { ... on Institution { name people(first: 3) { nodes { name } } } } }
{ _entities(representations: [{__typename: "Institution", id: "cd-institution-scu"}, {__typename: "Institution", id: "cd-institution-scstm"}, {__typename: "Instrument", id: "nobody"}]) { ... on Institution { name division { name } } } }
""".strip().splitlines()

// The pages people see: who signs in, whether to sign off, what failed. Chinese first, English beside it.

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text) {
  return String(text ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

function page(title, content) {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · 演示 DEMONSTRATION</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<p class="banner"><strong>演示</strong> <span lang="en">DEMONSTRATION</span></p>
<main>
${content}
</main>
</body>
</html>
`;
}

function both(chinese, english) {
  return `${escaped(chinese)} <span lang="en">${escaped(english)}</span>`;
}

export function signInPage(agency, action, client, hint) {
  const content = `<h1>${both(agency.name, agency.nameEn)}</h1>
<p>${both('选择以谁的身份登录。均为虚构人员，无需密码。', 'Choose whom to sign in as. All of them are invented; there is no password.')}</p>
<form method="post" action="${escaped(action)}" class="people">
${agency.people.map((person) => button(person, hint)).join('\n')}
<button class="quiet">${both('取消', 'Cancel')}</button>
</form>
<p class="small">${both(`返回：${client}`, `Back to: ${client}`)}</p>`;
  return page(`${agency.name} 登录`, content);
}

function button(person, hint) {
  const isMeant = hint && [person.subject, person.email].includes(hint);
  return `<button name="person" value="${escaped(person.subject)}"${isMeant ? ' autofocus' : ''}>
<b>${both(person.name, person.nameEn)}</b>
<em>${both(person.role, person.roleEn)}</em>
<small>${both(person.institutionName, person.institutionNameEn)}</small>
</button>`;
}

export function signOffPage(agency, form) {
  const content = `<h1>${both(agency.name, agency.nameEn)}</h1>
<p>${both('您已退出枢纽。也退出本机构的登录服务吗？', "You are signed off from the hub. Sign off from the agency's sign-on too?")}</p>
${form}
<p class="people">
<button form="op.logoutForm" name="logout" value="yes" autofocus><b>${both('全部退出', 'Sign off everywhere')}</b></button>
<button form="op.logoutForm" class="quiet">${both('保持登录', 'Stay signed in')}</button>
</p>`;
  return page(`${agency.name} 退出`, content);
}

export function signedOffPage(agency) {
  return page(`${agency.name} 已退出`, `<h1>${both(agency.name, agency.nameEn)}</h1>\n<p>${both('您已退出。', 'You are signed off.')}</p>`);
}

export function failure(chinese, english, detail) {
  const more = detail ? `\n<p class="small"><code>${escaped(detail)}</code></p>` : '';
  return page(chinese, `<h1>${both(chinese, english)}</h1>${more}`);
}

"""Words of exchange and training."""

POSTS = (
    ("科技服务部挂职副部长", "Deputy head of science services (on exchange)"),
    ("科普部挂职干部", "Officer for popular science (on exchange)"),
    ("展教中心挂职副主任", "Deputy director of exhibitions (on exchange)"),
    ("学会部挂职副部长", "Deputy head of learned societies (on exchange)"),
    ("综合处挂职副处长", "Deputy head of general affairs (on exchange)"),
    ("科技合作处挂职干部", "Officer for scientific cooperation (on exchange)"),
    ("人才工作处挂职副处长", "Deputy head of talent (on exchange)"),
)
PURPOSES = (
    "学习对方科技服务平台建设经验，推动两地服务互通",
    "参与联合展览策划与科普资源共建共享",
    "协助筹备川渝科技学术大会，熟悉对方工作流程",
    "开展决策咨询合作，共同完成专题调研",
    "参与创新券通用通兑的对接与推广",
)
CLASSES = (
    ("科技服务平台管理员培训班", "Class for administrators of science service platforms"),
    ("大型科学仪器开放共享培训班", "Class on sharing large scientific instruments"),
    ("科普讲解员能力提升班", "Class for guides of popular science"),
    ("科技成果转化实务培训班", "Class on the practice of technology transfer"),
    ("科学数据汇交与治理培训班", "Class on submitting and governing scientific data"),
    ("川渝科协系统干部综合能力班", "Class for cadres of the associations of both sides"),
    ("应急科普与媒体沟通培训班", "Class on emergency popularisation and the media"),
    ("科技志愿服务骨干培训班", "Class for leaders of science volunteers"),
)
LESSONS = ("政策解读与平台操作", "案例研讨与现场教学", "结业交流")

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/chat_row.h"

#include "widgets/style/look.h"
#include "widgets/style/tokens.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

namespace headlens {
namespace {

constexpr int kAfterTyping = 400; // ms
constexpr int kLongestSystem = 10'000;

} // namespace

ChatRow::ChatRow(InspectionModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_chat(new QToolButton), m_system(new QLineEdit)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_chat);
    layout->addWidget(m_system, 1);
    m_chat->setCheckable(true);
    setLook(m_chat, Look::Chip);
    m_system->setMaxLength(kLongestSystem);
    m_typed.setSingleShot(true);
    m_typed.setInterval(kAfterTyping);
    connect(m_chat, &QToolButton::toggled, this, &ChatRow::send);
    connect(m_system, &QLineEdit::textEdited, &m_typed, qOverload<>(&QTimer::start));
    connect(&m_typed, &QTimer::timeout, this, &ChatRow::send);
    connect(model, &InspectionModel::modelOpened, this, &ChatRow::follow);
    connect(model, &InspectionModel::inputChanged, this, &ChatRow::follow);
    retranslate();
    follow();
}

void ChatRow::follow()
{
    const bool has = m_model->hasModel() && !m_model->model().text.chat.empty();
    setVisible(has);
    if (!has) return;
    const TextRequest& now = m_model->request().text;
    const QSignalBlocker quiet(m_chat);
    m_chat->setChecked(now.chat);
    m_system->setVisible(now.chat);
    if (!m_typed.isActive() && m_system->text() != now.system) m_system->setText(now.system);
    m_chat->setToolTip(tr("What is typed is a question. The template of the model (%1) says how it is asked; below "
                          "stands what the model really reads")
                           .arg(QString::fromStdString(m_model->model().text.chat)));
}

// Of another prompt the answer is another one.
void ChatRow::send()
{
    TextRequest wish = m_model->request().text;
    wish.chat = m_chat->isChecked();
    wish.system = m_system->text();
    if (wish == m_model->request().text) return;
    wish.hiddenTokens.clear();
    wish.decoderInputIds.clear();
    wish.written.clear();
    m_system->setVisible(wish.chat);
    m_model->wishes()->change([&](RunRequest& r) { r.text = wish; });
}

void ChatRow::retranslate()
{
    m_chat->setText(tr("Chat template"));
    m_system->setPlaceholderText(tr("What the template says first (system prompt, optional)"));
    m_system->setAccessibleName(tr("System prompt"));
    follow();
}

void ChatRow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/study_pad.h"

#include "widgets/explain/explain_words.h"
#include "widgets/measures/studies.h"
#include "widgets/mechanisms/switch_editor.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/method_text.h"

#include <QFrame>
#include <QLabel>
#include <QVBoxLayout>

namespace headlens {

StudyPad::StudyPad(Studies* studies, QWidget* parent) : QWidget(parent), m_studies(studies), m_about(new QLabel)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_about);
    m_about->setWordWrap(true);
    m_about->setTextFormat(Qt::PlainText); // formulas have "<"
    m_about->setMinimumWidth(320);
    connect(m_studies, &Studies::changed, this, &StudyPad::describe);
    describe();
    const verbs::StudyInfo* one = m_studies->chosen();
    if (one == nullptr) return;
    for (const verbs::Switch& setting : one->method.settings) {
        const QString name = QString::fromStdString(setting.name);
        const SwitchEditor::Access access{[studies, name] { return studies->setting(name); },
                                          [studies, name](const QString& value) { studies->set(name, value); },
                                          /*ofModel=*/false};
        auto* editor = new SwitchEditor(access, setting);
        connect(m_studies, &Studies::changed, editor, &SwitchEditor::refresh);
        layout->addWidget(editor);
    }
}

void StudyPad::describe()
{
    const verbs::StudyInfo* one = m_studies->chosen();
    if (one == nullptr) return m_about->clear();
    QStringList lines{methodText(one->method.says)};
    if (!one->method.formula.empty()) lines << QString::fromStdString(one->method.formula);
    if (!one->method.source.empty()) lines << methodText(one->method.source);
    if (m_studies->cost()) lines << tr("Cost: %1").arg(costText(*m_studies->cost()));
    if (m_about->text() != lines.join(QLatin1Char('\n'))) m_about->setText(lines.join(QLatin1Char('\n')));
}

QWidget* StudyPad::open(Studies* studies, QWidget* at)
{
    if (studies->chosen() == nullptr) return nullptr;
    auto* pad = new QFrame(at, Qt::Popup);
    pad->setFrameShape(QFrame::StyledPanel);
    pad->setAttribute(Qt::WA_DeleteOnClose);
    pad->setAccessibleName(tr("Settings of %1").arg(methodText(studies->chosen()->method.title)));
    auto* layout = new QVBoxLayout(pad);
    layout->setContentsMargins(kWide, kGap, kWide, kGap);
    layout->addWidget(new StudyPad(studies));
    pad->adjustSize();
    pad->move(at->mapToGlobal(QPoint(at->width() - pad->width(), at->height() + kTight)));
    pad->show();
    return pad;
}

} // namespace headlens

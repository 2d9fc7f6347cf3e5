// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/generation_panel.h"

#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/live_rows.h"

#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

QSpinBox* whole(int low, int high, int value)
{
    auto* box = new QSpinBox;
    box->setRange(low, high);
    box->setValue(value);
    return box;
}

QDoubleSpinBox* real(double low, double high, double step, double value)
{
    auto* box = new QDoubleSpinBox;
    box->setRange(low, high);
    box->setSingleStep(step);
    box->setValue(value);
    return box;
}

// Rows as high as the type, columns as wide as their names: both grow before an audience.
void fitToType(QTableWidget& table)
{
    constexpr int kAround = 6;
    table.verticalHeader()->setDefaultSectionSize(QFontMetrics(table.font()).height() + kAround);
    for (int column = 0; column + 1 < table.columnCount(); ++column) {
        QHeaderView* header = table.horizontalHeader();
        header->resizeSection(column, std::max(header->sectionSizeHint(column), header->sectionSize(column)));
    }
}

QTableWidget* table()
{
    auto* table = new QTableWidget;
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->horizontalHeader()->setStretchLastSection(true);
    fitToType(*table);
    table->setMinimumHeight(90);
    return table;
}

QString best(const std::vector<verbs::TextScore>& scores, std::size_t from = 0)
{
    QStringList parts;
    for (std::size_t i = from; i < scores.size(); ++i)
        parts << QStringLiteral("%1 %2 %")
                     .arg(QString::fromStdString(scores[i].text))
                     .arg(100 * scores[i].probability, 0, 'f', 1);
    return parts.join(QStringLiteral("   "));
}

} // namespace

GenerationPanel::GenerationPanel(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_writing(Writing::of(model)), m_tokens(selection->tokens()),
      m_atMost(whole(1, 512, 20)), m_beams(whole(1, 16, 1)), m_topK(whole(0, 100'000, 0)),
      m_seed(whole(0, 1'000'000, 0)), m_temperature(real(0, 5, 0.1, 0)), m_topP(real(0.01, 1, 0.05, 1)),
      m_write(new QPushButton), m_step(new QPushButton), m_play(new QPushButton), m_clear(new QPushButton),
      m_text(new QLabel), m_lensName(new QLabel), m_steps(table()), m_lens(table()), m_form(new QFormLayout)
{
    build();
    m_play->setCheckable(true);
    m_playing.setInterval(700);
    connect(m_write, &QPushButton::clicked, this, [this] { write(m_atMost->value()); });
    connect(m_step, &QPushButton::clicked, this, [this] { write(1); });
    connect(m_clear, &QPushButton::clicked, this, &GenerationPanel::clear);
    connect(m_play, &QPushButton::toggled, this, [this](bool on) { on ? m_playing.start() : m_playing.stop(); });
    connect(&m_playing, &QTimer::timeout, this, [this] {
        if (steps() > 0) m_steps->selectRow((m_steps->currentRow() + 1) % steps());
    });
    connect(m_steps, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (row >= 0) showStep(row);
    });
    for (QSpinBox* box : {m_atMost, m_beams, m_topK, m_seed})
        connect(box, &QSpinBox::valueChanged, this, &GenerationPanel::setHow);
    for (QDoubleSpinBox* box : {m_temperature, m_topP})
        connect(box, &QDoubleSpinBox::valueChanged, this, &GenerationPanel::setHow);
    connect(m_writing, &Writing::howChanged, this, &GenerationPanel::followHow);
    connect(m_writing, &Writing::changed, this, &GenerationPanel::fillSteps);
    connect(m_writing, &Writing::grown, this, [this] { m_text->setText(m_writing->soFar()); });
    connect(model, &InspectionModel::modelChanged, this, &GenerationPanel::onModel);
    connect(model->rows(), &LiveRows::changed, this, &GenerationPanel::askLens);
    followHow();
    onModel();
    retranslate();
}

void GenerationPanel::build()
{
    auto* layout = new QVBoxLayout(this);
    for (QWidget* field :
         {static_cast<QWidget*>(m_atMost), static_cast<QWidget*>(m_beams), static_cast<QWidget*>(m_temperature),
          static_cast<QWidget*>(m_topK), static_cast<QWidget*>(m_topP), static_cast<QWidget*>(m_seed)}) {
        auto* name = new QLabel;
        name->setBuddy(field);
        m_form->addRow(name, field);
    }
    layout->addLayout(m_form);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_write, m_step, m_play, m_clear}) buttons->addWidget(button);
    layout->addLayout(buttons);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    layout->addWidget(m_text);
    m_steps->setColumnCount(3);
    layout->addWidget(m_steps, 2);
    m_lensName->setWordWrap(true);
    layout->addWidget(m_lensName);
    m_lens->setColumnCount(1);
    layout->addWidget(m_lens, 1);
}

void GenerationPanel::setHow()
{
    verbs::Generate how = m_writing->how();
    how.atMost = m_atMost->value();
    how.beams = m_beams->value();
    how.temperature = m_temperature->value();
    how.topK = m_topK->value();
    how.topP = m_topP->value();
    how.seed = std::uint64_t(m_seed->value());
    m_writing->setHow(how);
}

void GenerationPanel::followHow()
{
    const verbs::Generate how = m_writing->how();
    const std::array<QSignalBlocker, 6> quiet{QSignalBlocker(m_atMost), QSignalBlocker(m_beams),
                                              QSignalBlocker(m_topK),   QSignalBlocker(m_seed),
                                              QSignalBlocker(m_topP),   QSignalBlocker(m_temperature)};
    m_atMost->setValue(how.atMost);
    m_beams->setValue(how.beams);
    m_topK->setValue(how.topK);
    m_seed->setValue(int(how.seed));
    m_temperature->setValue(how.temperature);
    m_topP->setValue(how.topP);
}

void GenerationPanel::write(int tokens)
{
    m_writing->write(tokens);
}

void GenerationPanel::clear()
{
    m_play->setChecked(false);
    m_writing->clear();
}

void GenerationPanel::fillSteps()
{
    const QSignalBlocker quiet(m_steps);
    m_steps->setRowCount(steps());
    for (int i = 0; i < steps(); ++i) {
        const verbs::GenerationStep& step = m_writing->written().steps[std::size_t(i)];
        const QStringList cells{QString::fromStdString(step.token.text),
                                QStringLiteral("%1 %").arg(100 * step.token.probability, 0, 'f', 1),
                                best(step.alternatives)};
        for (int column = 0; column < cells.size(); ++column)
            m_steps->setItem(i, column, new QTableWidgetItem(cells[column]));
        QStringList lines;
        for (const verbs::TextScore& line : step.beams)
            lines << QStringLiteral("%1  %2").arg(line.score, 0, 'f', 2).arg(QString::fromStdString(line.text));
        m_steps->item(i, 2)->setToolTip(lines.isEmpty() ? cells[2] : lines.join(QLatin1Char('\n')));
    }
    m_text->setText(m_writing->isBusy() ? m_writing->soFar() : QString::fromStdString(m_writing->written().text));
    m_play->setEnabled(steps() > 1);
}

int GenerationPanel::queryOf(int step) const
{
    const auto& streams = m_model->input().streams;
    const int stream = streams.empty() ? 0 : int(streams.size()) - 1;
    const int all = streams.empty() ? 0 : int(streams[std::size_t(stream)].tokens.size());
    const int ended = m_writing->written().ended ? 1 : 0; // the end itself is not part of the text
    return std::clamp(all - (steps() - ended) + step - 1, 0, std::max(0, all - 1));
}

void GenerationPanel::showStep(int step)
{
    const auto& streams = m_model->input().streams;
    if (streams.empty() || step < 0 || step >= steps()) return;
    m_tokens->unpin();
    m_tokens->hover({int(streams.size()) - 1, queryOf(step)});
}

void GenerationPanel::askLens()
{
    if (!isVisible() || !(m_model->model().text.writes || m_model->model().text.isMaskedLm)) return;
    const verbs::Rows& of = m_model->rows()->of();
    const auto show = [this, of](const verbs::Lens& lens) {
        m_lens->setRowCount(int(lens.layers.size()));
        for (int i = 0; i < m_lens->rowCount(); ++i) {
            const verbs::TopTokens& layer = lens.layers[std::size_t(i)];
            m_lens->setVerticalHeaderItem(
                i, new QTableWidgetItem(layer.token == 0 ? tr("in") : QString::number(layer.token - 1)));
            m_lens->setItem(i, 0, new QTableWidgetItem(best(layer.best)));
        }
        m_lensName->setText(tr("What each layer would say after token %1 if it were the last").arg(of.token));
    };
    headlens::ask(m_model, verbs::kLens, {of.stream, of.token, 5}, this, show, {.quiet = true});
}

void GenerationPanel::onModel()
{
    const bool writes = m_model->model().text.writes;
    for (QPushButton* button : {m_write, m_step, m_clear}) button->setEnabled(writes);
    fillSteps();
    m_lens->setRowCount(0);
    retranslate();
}

void GenerationPanel::retranslate()
{
    const QStringList names{tr("Tokens at most"), tr("Beams"), tr("Temperature"),
                            tr("Top k (0: all)"), tr("Top p"), tr("Seed")};
    for (int row = 0; row < names.size(); ++row) {
        qobject_cast<QLabel*>(m_form->itemAt(row, QFormLayout::LabelRole)->widget())->setText(names[row]);
        m_form->itemAt(row, QFormLayout::FieldRole)->widget()->setAccessibleName(names[row]);
    }
    m_temperature->setToolTip(tr("0: always the most probable token"));
    m_write->setText(tr("Write"));
    m_step->setText(tr("Step"));
    m_play->setText(tr("Play"));
    m_clear->setText(tr("Clear"));
    m_play->setToolTip(tr("Walks through the steps; every view follows"));
    m_steps->setHorizontalHeaderLabels({tr("token"), tr("probability"), tr("alternatives")});
    m_steps->setAccessibleName(tr("Steps"));
    m_lens->setHorizontalHeaderLabels({tr("best guesses")});
    m_lens->setAccessibleName(tr("Logit lens"));
    fitTables();
    if (!m_model->model().text.writes)
        m_text->setText(m_model->model().text.isMaskedLm
                            ? tr("This model fills gaps: put %1 into the text.")
                                  .arg(QString::fromStdString(m_model->model().text.maskPiece))
                            : tr("This model does not write."));
}

void GenerationPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    askLens();
}

void GenerationPanel::fitTables()
{
    for (QTableWidget* one : {m_steps, m_lens}) fitToType(*one);
}

void GenerationPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::FontChange) fitTables();
    QWidget::changeEvent(event);
}

} // namespace headlens

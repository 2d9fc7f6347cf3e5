// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/studies_view.h"

#include "widgets/canvas/tool_row.h"
#include "widgets/common/elided_label.h"
#include "widgets/explain/explain_words.h"
#include "widgets/interventions/intervention_places.h"
#include "widgets/measures/cell_change.h"
#include "widgets/measures/heat_matrix.h"
#include "widgets/measures/studies.h"
#include "widgets/measures/study_export.h"
#include "widgets/measures/study_pad.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/method_text.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QResizeEvent>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace headlens {
namespace {

constexpr int kBesideEachOther = 560, kOneOverOther = 320; // pixels: wide enough, high enough
constexpr std::size_t kStrongest = 10;
enum Rank { kExportRank, kSettingsRank, kRunRank, kPartRank, kStudyRank };

QAction* addChoice(QMenu* menu, QActionGroup* group, const QString& text, const std::function<void()>& done)
{
    QAction* line = menu->addAction(text);
    line->setCheckable(true);
    line->setActionGroup(group);
    QObject::connect(line, &QAction::triggered, menu, done);
    return line;
}

// An emptied menu, and the group of which one line is chosen.
QActionGroup* beginChoices(QMenu* menu)
{
    menu->clear();
    delete menu->findChild<QActionGroup*>();
    return new QActionGroup(menu);
}

} // namespace

StudiesView::StudiesView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_selection(selection), m_studies(new Studies(model, selection, this)),
      m_bar(new ToolRow), m_which(new QMenu(this)), m_part(new QMenu(this)), m_cell(new QMenu(this)),
      m_settings(new QAction(this)), m_run(new QAction(this)), m_note(new ElidedLabel), m_split(new QSplitter),
      m_matrix(new HeatMatrix(display)), m_patches(new HeatMatrix(display)),
      m_export(new StudyExport(m_studies, m_matrix, this)), m_side(new QTabWidget), m_strongest(new QListWidget)
{
    buildBar();
    build();
    connect(m_export, &StudyExport::told, this, &StudiesView::say);
    connect(m_studies, &Studies::listed, this, &StudiesView::tellState);
    connect(m_studies, &Studies::changed, this, &StudiesView::tellState);
    connect(m_studies, &Studies::answered, this, [this] {
        m_shown = 0;
        take();
    });
    connect(selection->heads(), &HeadChoice::changed, this, &StudiesView::follow);
    connect(selection->tokens(), &TokenChoice::changed, this, &StudiesView::follow);
    retranslate();
}

void StudiesView::buildBar()
{
    m_whichField = m_bar->addField(m_which, Icon::Statistics, kStudyRank);
    m_partField = m_bar->addField(m_part, Icon::Heat, kPartRank);
    m_settings->setIcon(icon(Icon::Settings));
    const int settings = m_bar->addChip(m_settings, kSettingsRank);
    m_run->setIcon(icon(Icon::Play));
    m_bar->addChip(m_run, kRunRank);
    m_bar->pushRight();
    m_exportField = m_bar->addField(m_export->menu(), Icon::Save, kExportRank);
    m_which->setToolTipsVisible(true);
    connect(m_which, &QMenu::aboutToShow, this, &StudiesView::fillStudies);
    connect(m_part, &QMenu::aboutToShow, this, &StudiesView::fillMatrices);
    connect(m_settings, &QAction::triggered, this, [this, settings] {
        QToolButton* button = m_bar->button(settings);
        StudyPad::open(m_studies, button->isVisible() ? static_cast<QWidget*>(button) : m_bar);
    });
    connect(m_run, &QAction::triggered, this,
            [this] { m_studies->isRunning() ? m_studies->cancel() : m_studies->run(); });
}

void StudiesView::build()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, kTight);
    layout->setSpacing(kTight);
    layout->addWidget(m_bar);
    layout->addWidget(m_split, 1);
    layout->addWidget(m_note);
    m_note->setContentsMargins(kGap, 0, kGap, 0);
    m_note->setTextFormat(Qt::PlainText);
    m_split->addWidget(m_matrix);
    m_split->addWidget(m_side);
    m_split->setChildrenCollapsible(false);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 1);
    m_side->setDocumentMode(true);
    m_side->addTab(m_strongest, {});
    m_side->addTab(m_patches, {});
    m_strongest->setFrameShape(QFrame::NoFrame);
    m_strongest->setMinimumSize(120, 60);
    m_strongest->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // lines end in "…", their tips are whole
    connect(m_strongest, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        const QPoint cell = item->data(Qt::UserRole).toPoint();
        m_matrix->setCurrent(cell);
        choose(m_matrix->words().placeOf(cell.y(), cell.x()));
    });
    connect(m_strongest, &QListWidget::itemClicked, m_strongest, &QListWidget::itemActivated);
    connect(m_matrix, &HeatMatrix::pointed, this, [this](const QPoint& cell) { point(m_matrix->words(), cell); });
    connect(m_patches, &HeatMatrix::pointed, this, [this](const QPoint& cell) { point(m_patches->words(), cell); });
    for (HeatMatrix* each : {m_matrix, m_patches})
        connect(each, &HeatMatrix::chosen, this, [this, each](const QPoint& cell) {
            if (each == m_matrix) showPatches(cell.y());
            choose(each->words().placeOf(cell.y(), cell.x()));
        });
    for (HeatMatrix* each : {m_matrix, m_patches})
        connect(each, &HeatMatrix::menuWanted, this, [this, each](const QPoint& cell, const QPoint& where) {
            openCellMenu(each->words().placeOf(cell.y(), cell.x()), where);
        });
}

void StudiesView::fillStudies()
{
    QActionGroup* group = beginChoices(m_which);
    bool wasChange = true;
    for (const verbs::StudyInfo& one : m_studies->all()) {
        if (!one.changes && wasChange && !m_which->isEmpty()) m_which->addSeparator();
        wasChange = one.changes;
        const QString why = m_studies->refusalOf(one), id = QString::fromStdString(one.method.id);
        QAction* line = addChoice(m_which, group, methodText(one.method.title), [this, id] { m_studies->choose(id); });
        line->setChecked(m_studies->chosen() == &one);
        line->setEnabled(why.isEmpty());
        line->setToolTip(why.isEmpty() ? methodText(one.method.says) : why);
    }
}

void StudiesView::fillMatrices()
{
    QActionGroup* group = beginChoices(m_part);
    for (std::size_t i = 0; i < m_studies->answer().matrices.size(); ++i)
        addChoice(m_part, group, methodText(m_studies->answer().matrices[i].title), [this, i] {
            showMatrix(int(i));
        })->setChecked(int(i) == m_shown);
}

void StudiesView::showMatrix(int which)
{
    m_shown = which;
    take();
}

void StudiesView::take()
{
    const MatrixWords words(m_studies->answer(), std::size_t(m_shown), m_model->model(), m_studies->answeredInput());
    const verbs::StudyInfo* one = m_studies->chosen();
    const QString name = one == nullptr ? QString() : methodText(one->method.title);
    m_matrix->setWords(words, words.title().isEmpty() ? name : tr("%1: %2").arg(name, words.title()));
    m_side->setTabVisible(m_side->indexOf(m_patches), words.hasPatches());
    m_side->setVisible(m_side->indexOf(m_matrix) >= 0 || !words.isEmpty());
    fillStrongest();
    showPatches(m_matrix->current().y());
    follow();
    tellState();
}

void StudiesView::fillStrongest()
{
    m_strongest->clear();
    const MatrixWords& words = m_matrix->words();
    if (words.isEmpty()) return;
    for (const QPoint& cell : words.strongest(kStrongest)) {
        auto* item = new QListWidgetItem(words.cellText(cell.y(), cell.x()), m_strongest);
        item->setData(Qt::UserRole, cell);
        item->setToolTip(item->text());
    }
}

// Of no row the last one: what the model ends with.
void StudiesView::showPatches(int row)
{
    const MatrixWords& words = m_matrix->words();
    const int of = row < 0 ? words.rows() - 1 : row;
    const MatrixWords grid = words.hasPatches() ? words.patchesOf(of) : MatrixWords();
    m_patches->setWords(grid, grid.isEmpty() ? QString() : tr("Patches: %1").arg(words.rowName(of)));
    m_side->setTabText(m_side->indexOf(m_patches),
                       grid.isEmpty() ? tr("Patches") : tr("Patches: %1").arg(words.rowName(of)));
}

void StudiesView::choose(const CellPlace& place)
{
    const QScopedValueRollback<bool> choosing(m_isChoosing, true);
    HeadChoice* heads = m_selection->heads();
    if (place.layer >= 0 && place.layer < heads->layers()) heads->setLayer(place.layer);
    if (place.head >= 0 && place.head < heads->headCount()) heads->setHead(place.head);
    TokenChoice* tokens = m_selection->tokens();
    if (place.token >= 0 && tokens->query().stream == 0 && place.token < tokens->count()) tokens->setToken(place.token);
}

// Where the study says what the baseline would change there, the change itself.
void StudiesView::openCellMenu(const CellPlace& place, const QPoint& where)
{
    const verbs::StudyInfo* study = m_studies->chosen();
    const std::optional<verbs::Change> patch =
        study == nullptr ? std::nullopt : patchOf(m_studies->answer(), *study, place);
    if (!patch || m_studies->isStale()) return;
    const OfferedChange offered = patchAt(*m_model, *patch, place.token);
    m_cell->clear();
    m_cell->setToolTipsVisible(true);
    QAction* line = m_cell->addAction(tr("Patch this here"), this, [this, offered] { toggle(m_model, offered); });
    line->setCheckable(true);
    line->setChecked(offered.isOn);
    line->setEnabled(offered.isPossible);
    line->setToolTip(offered.isPossible
                         ? tr("Takes this layer and token from the baseline while the input runs (pane Interventions)")
                         : offered.tip);
    m_cell->popup(where);
}

void StudiesView::follow()
{
    const HeadChoice* heads = m_selection->heads();
    const TokenPlace& query = m_selection->tokens()->query();
    const CellPlace now{heads->layer(), heads->head(), query.stream == 0 ? query.token : -1};
    const MatrixWords& words = m_matrix->words();
    if (words.isEmpty()) return;
    if (!m_isChoosing) { // what was clicked stays, although an MLP is no head
        const QPoint before = m_matrix->current(), wanted = words.cellOf(now);
        const QPoint cell(wanted.x() >= 0 ? wanted.x() : std::max(0, before.x()),
                          wanted.y() >= 0 ? wanted.y() : std::max(0, before.y()));
        if (cell != before) m_matrix->setCurrent(cell);
        if (cell.y() != before.y()) showPatches(cell.y());
    }
    if (!m_patches->words().isEmpty()) m_patches->setCurrent(m_patches->words().cellOf(now));
}

// Both names keep some words in a narrow pane: an icon alone would not say which study it is.
void StudiesView::nameFields()
{
    constexpr int kOthers = 176, kFrame = 56, kLeast = 72; // pixels: the buttons as icons, the frame of a field
    const verbs::StudyInfo* one = m_studies->chosen();
    const auto& matrices = m_studies->answer().matrices;
    const bool hasParts = std::size_t(m_shown) < matrices.size() && matrices.size() > 1;
    const QString title = one == nullptr ? tr("Study") : methodText(one->method.title);
    const QString part = hasParts ? methodText(matrices[std::size_t(m_shown)].title) : QString();
    const int room = width() - kOthers - (hasParts ? kFrame : 0);
    const int ofPart = std::min(fontMetrics().horizontalAdvance(part), std::max(kLeast, room / 2));
    const auto shortened = [this](const QString& text, int pixels) {
        return fontMetrics().elidedText(text, Qt::ElideRight, pixels);
    };
    m_bar->setField(m_whichField, shortened(title, std::max(kLeast, room - ofPart)),
                    one == nullptr ? tr("Which study") : title + QLatin1Char('\n') + methodText(one->method.says));
    m_bar->setOffered(m_partField, hasParts);
    if (hasParts)
        m_bar->setField(m_partField, shortened(part, ofPart), part + QLatin1Char('\n') + tr("Which of its numbers"));
}

void StudiesView::tellState()
{
    const verbs::StudyInfo* one = m_studies->chosen();
    const auto& matrices = m_studies->answer().matrices;
    const bool runs = m_studies->isRunning();
    nameFields();
    m_settings->setEnabled(one != nullptr);
    m_run->setText(runs ? tr("Cancel") : matrices.empty() ? tr("Run") : tr("Run again"));
    m_run->setIcon(icon(runs ? Icon::Close : Icon::Play));
    const QString why = one == nullptr ? QString() : m_studies->refusalOf(*one);
    m_run->setEnabled(runs || (one != nullptr && why.isEmpty() && m_model->hasInput()));
    m_export->follow();
    say(stateText(why));
}

QString StudiesView::stateText(const QString& refusal) const
{
    if (!m_model->hasInput()) return tr("Open a picture or a text.");
    if (m_studies->isRunning()) return tr("Running: %1 %").arg(int(100 * m_studies->share()));
    if (!m_studies->why().isEmpty()) return m_studies->why();
    if (!refusal.isEmpty()) return tr("Not for this input: %1.").arg(refusal);
    if (m_studies->isStale()) return tr("Of an earlier input or choice: run it again.");
    const verbs::Study& answer = m_studies->answer();
    if (answer.matrices.empty())
        return m_studies->cost() && m_studies->cost()->passes > 0
                   ? tr("Press Run: %1").arg(costText(*m_studies->cost()))
                   : tr("Press Run.");
    QStringList parts;
    if (!answer.label.empty())
        parts << tr("\u201C%1\u201D, score %2")
                     .arg(QString::fromStdString(answer.label), QLocale().toString(answer.score, 'g', 4));
    if (!answer.remark.empty()) parts << methodText(answer.remark);
    return parts.join(QStringLiteral(" \u00B7 "));
}

// What is pointed at, else how it stands.
void StudiesView::point(const MatrixWords& words, const QPoint& cell)
{
    if (cell.x() < 0 || words.isEmpty()) return tellState();
    say(words.cellText(cell.y(), cell.x()));
}

void StudiesView::say(const QString& note)
{
    m_note->setText(note);
    setAccessibleDescription(note);
}

QString StudiesView::note() const
{
    return m_note->text();
}

void StudiesView::write(const QString& file)
{
    m_export->write(file);
}

void StudiesView::retranslate()
{
    setAccessibleName(tr("Studies"));
    m_which->setTitle(tr("Study"));
    m_part->setTitle(tr("Numbers"));
    m_export->retranslate();
    m_settings->setText(tr("About"));
    m_settings->setToolTip(tr("Formula, source, cost and settings of the study"));
    m_run->setToolTip(tr("Computes the study for what is shown, or stops it"));
    m_bar->setField(m_exportField, tr("Export"), tr("The matrix as numbers or as a picture"));
    m_side->setTabText(m_side->indexOf(m_strongest), tr("Strongest"));
    if (const int matrix = m_side->indexOf(m_matrix); matrix >= 0) m_side->setTabText(matrix, tr("Matrix"));
    for (QWidget* named : {static_cast<QWidget*>(m_side), static_cast<QWidget*>(m_side->tabBar())})
        named->setAccessibleName(tr("Beside the matrix"));
    m_split->setAccessibleName(tr("Matrix and what stands out"));
    m_strongest->setAccessibleName(tr("Strongest cells"));
    take();
}

void StudiesView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_studies->watch(true);
}

void StudiesView::hideEvent(QHideEvent* event)
{
    m_studies->watch(false);
    QWidget::hideEvent(event);
}

void StudiesView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
    nameFields();
}

// Beside each other, one over the other, or in a low pane behind tabs.
void StudiesView::arrange()
{
    const Qt::Orientation way = width() < kBesideEachOther ? Qt::Vertical : Qt::Horizontal;
    const bool isLow = way == Qt::Vertical && height() < kOneOverOther, wasLow = m_side->indexOf(m_matrix) >= 0;
    if (isLow && !wasLow) {
        m_side->insertTab(0, m_matrix, tr("Matrix"));
        m_side->setCurrentIndex(0);
    }
    if (!isLow && wasLow) {
        m_split->insertWidget(0, m_matrix);
        m_split->setStretchFactor(0, 3);
        m_matrix->show();
    }
    m_side->setVisible(isLow || !m_matrix->words().isEmpty());
    if (m_split->orientation() == way && isLow == wasLow && m_isArranged) return;
    m_isArranged = true;
    m_split->setOrientation(way);
    if (!isLow) m_split->setSizes({300, 100}); // shares
}

void StudiesView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

} // namespace headlens

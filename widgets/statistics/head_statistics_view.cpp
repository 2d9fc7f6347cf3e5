// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statistics/head_statistics_view.h"

#include "widgets/common/elided_label.h"
#include "widgets/common/stacking_row.h"
#include "widgets/statistics/head_scatter.h"
#include "widgets/statistics/head_table_model.h"
#include "widgets/statistics/profile_source.h"
#include "widgets/style/icons.h"
#include "widgets/style/look.h"
#include "widgets/viewmodel/method_text.h"

#include <QActionGroup>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSaveFile>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <functional>
#include <utility>

namespace headlens {
namespace {

constexpr int kAround = 8, kBesideEachOther = 560, kForSearch = 136; // pixels

void addChoice(QMenu* menu, QActionGroup* group, const QString& text, bool isChosen, const std::function<void()>& done)
{
    QAction* action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(isChosen);
    action->setActionGroup(group);
    QObject::connect(action, &QAction::triggered, menu, done);
}

} // namespace

HeadStatisticsView::HeadStatisticsView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_profiles(new HeadProfiles(model, this)),
      m_source(new ProfileSource(model, m_profiles)), m_rows(new HeadTableModel(m_profiles, this)),
      m_shown(new ShownHeadRows(this)), m_search(new QLineEdit), m_patterns(new QToolButton), m_axis(new QToolButton),
      m_save(new QToolButton), m_note(new ElidedLabel), m_split(new QSplitter(Qt::Horizontal)), m_table(new QTableView),
      m_scatter(new HeadScatter(m_profiles))
{
    m_shown->setSourceModel(m_rows);
    build();
    buildTable();
    connect(m_profiles, &HeadProfiles::changed, this, [this] {
        m_table->resizeColumnsToContents();
        say();
        follow();
    });
    connect(m_source, &ProfileSource::changed, this, qOverload<>(&HeadStatisticsView::say));
    connect(m_heads, &HeadChoice::changed, this, &HeadStatisticsView::follow);
    connect(m_scatter, &HeadScatter::chosen, this, &HeadStatisticsView::choose);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_shown->setTyped(text);
        say();
        follow();
    });
    say();
}

void HeadStatisticsView::build()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kAround, kAround, kAround, kAround);
    auto* buttons = new QWidget;
    auto* line = new QHBoxLayout(buttons);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(kAround);
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(kForSearch);
    void (HeadStatisticsView::*const fill[])(){&HeadStatisticsView::fillPatterns, &HeadStatisticsView::fillAxis,
                                               &HeadStatisticsView::fillSave};
    line->addWidget(m_source);
    std::size_t i = 0;
    for (QToolButton* button : {m_patterns, m_axis, m_save}) {
        setLook(button, Look::Field);
        button->setPopupMode(QToolButton::InstantPopup);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setMenu(new QMenu(button));
        connect(button->menu(), &QMenu::aboutToShow, this, fill[i++]);
        line->addWidget(button);
    }
    m_save->setIcon(icon(Icon::Save));
    line->addWidget(m_note, 1);
    layout->addWidget(new StackingRow(m_search, buttons));
    m_split->addWidget(m_table);
    m_split->addWidget(m_scatter);
    m_split->setChildrenCollapsible(false);
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 1);
    layout->addWidget(m_split, 1);
}

void HeadStatisticsView::buildTable()
{
    m_table->setModel(m_shown);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(HeadTableModel::Layer, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false); // Tab leaves, arrow keys go from row to row
    m_table->setWordWrap(false);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kAround);
    m_table->horizontalHeader()->setHighlightSections(false);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (now.isValid() && !m_isFollowing) choose(m_rows->placeOf(m_shown->mapToSource(now).row()));
    });
}

void HeadStatisticsView::fillPatterns()
{
    QMenu* menu = m_patterns->menu();
    menu->clear();
    auto* group = new QActionGroup(menu);
    const auto add = [&](const QString& text, std::optional<int> pattern) {
        addChoice(menu, group, text, m_shown->pattern() == pattern, [this, pattern] { showPattern(pattern); });
    };
    add(tr("all heads"), std::nullopt);
    for (int i = 0; i < int(kHeadPatterns); ++i) add(methodText(headPatterns()[std::size_t(i)].title), i);
    add(tr("no pattern"), -1);
}

void HeadStatisticsView::fillAxis()
{
    QMenu* menu = m_axis->menu();
    menu->clear();
    auto* numbers = new QActionGroup(menu);
    for (std::size_t i = 0; i < kHeadNumbers; ++i) {
        const auto number = HeadNumber(i);
        if (!m_profiles->has(number)) continue;
        addChoice(menu, numbers, methodText(infoOf(number).title), m_scatter->number() == number, [this, number] {
            m_scatter->setNumber(number);
            say();
        });
    }
    menu->addSeparator();
    auto* colours = new QActionGroup(menu);
    for (const auto& [colour, text] : {std::pair(DotColour::Pattern, tr("colour: pattern")),
                                       std::pair(DotColour::Sink, tr("colour: share on CLS and other sinks"))})
        addChoice(menu, colours, text, m_scatter->colour() == colour,
                  [this, colour = colour] { m_scatter->setColour(colour); });
}

void HeadStatisticsView::fillSave()
{
    QMenu* menu = m_save->menu();
    menu->clear();
    const bool some = m_shown->rowCount() > 0;
    QAction* table = menu->addAction(tr("Table as CSV…"), this,
                                     [this] { ask(QStringLiteral("csv"), QStringLiteral("CSV (*.csv)")); });
    QAction* plot = menu->addAction(tr("Plot as PNG…"), this,
                                    [this] { ask(QStringLiteral("png"), QStringLiteral("PNG (*.png)")); });
    table->setEnabled(some);
    plot->setEnabled(!m_profiles->heads().empty());
}

void HeadStatisticsView::ask(const QString& ending, const QString& filter)
{
    QString path = QFileDialog::getSaveFileName(this, tr("Export"), QStringLiteral("heads.") + ending, filter);
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + ending;
    write(path);
}

void HeadStatisticsView::write(const QString& file)
{
    bool isWritten = false;
    if (QFileInfo(file).suffix().toLower() == QLatin1String("png")) {
        isWritten = m_scatter->save(file);
    } else {
        QSaveFile out(file);
        const QByteArray text = m_shown->csv().toUtf8();
        isWritten = out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit();
    }
    say(isWritten ? tr("Written to %1").arg(file)
                  : tr("%1 could not be written. Choose another folder or free some space.").arg(file));
}

void HeadStatisticsView::showPattern(std::optional<int> pattern)
{
    m_shown->setPattern(pattern);
    say();
    follow();
}

void HeadStatisticsView::choose(const HeadPlace& place)
{
    m_heads->setLayer(place.layer);
    m_heads->setHead(place.head);
}

void HeadStatisticsView::follow()
{
    const HeadPlace chosen{m_heads->layer(), m_heads->head()};
    m_scatter->setChosen(chosen);
    m_isFollowing = true;
    m_table->clearSelection();
    for (int row = 0; row < m_shown->rowCount(); ++row) {
        const QModelIndex index = m_shown->index(row, 0);
        if (m_rows->placeOf(m_shown->mapToSource(index).row()) != chosen) continue;
        const QModelIndex kept = m_table->currentIndex();
        m_table->setCurrentIndex(m_shown->index(row, kept.isValid() ? kept.column() : 0));
        m_table->selectRow(row);
    }
    m_isFollowing = false;
}

void HeadStatisticsView::say()
{
    const std::optional<int> pattern = m_shown->pattern();
    m_patterns->setText(!pattern       ? tr("all heads")
                        : *pattern < 0 ? tr("no pattern")
                                       : methodText(headPatterns()[std::size_t(*pattern)].title));
    m_patterns->setAccessibleName(tr("Heads that are listed: %1").arg(m_patterns->text()));
    m_patterns->setToolTip(tr("Lists only heads of one pattern"));
    m_axis->setText(methodText(infoOf(m_scatter->number()).title));
    m_axis->setAccessibleName(tr("Number of the plot: %1").arg(m_axis->text()));
    m_axis->setToolTip(tr("What the plot shows over the layers, and its colours"));
    m_save->setAccessibleName(tr("Export table or plot"));
    m_save->setToolTip(m_save->accessibleName());
    m_search->setPlaceholderText(tr("Find a head: 5.3, induction"));
    m_search->setAccessibleName(tr("Find a head by layer, number or pattern"));
    m_table->setAccessibleName(tr("Statistics of heads"));
    m_split->setAccessibleName(tr("Table and plot"));
    setAccessibleName(tr("Head statistics"));
    QStringList notes{m_source->note()};
    if (m_profiles->heads().empty())
        notes.prepend(tr("Open a picture or a text."));
    else
        notes.prepend(tr("%1 of %2 heads").arg(m_shown->rowCount()).arg(m_profiles->heads().size()));
    notes.removeAll(QString());
    say(notes.join(QStringLiteral(" · ")));
}

void HeadStatisticsView::say(const QString& note)
{
    m_note->setText(note);
    m_table->setAccessibleDescription(note);
}

void HeadStatisticsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_profiles->setWanted(true);
}

void HeadStatisticsView::hideEvent(QHideEvent* event)
{
    m_profiles->setWanted(false);
    QWidget::hideEvent(event);
}

void HeadStatisticsView::resizeEvent(QResizeEvent* event)
{
    const Qt::Orientation way = width() < kBesideEachOther ? Qt::Vertical : Qt::Horizontal;
    if (m_split->orientation() != way) {
        m_split->setOrientation(way);
        m_split->setSizes({1, 1}); // halves
    }
    QWidget::resizeEvent(event);
}

void HeadStatisticsView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    m_rows->fill();
    say();
    follow();
}

} // namespace headlens

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure_action.h"

#include "app/app_settings.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/style/icons.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/selection.h"

#include <QAction>
#include <QEvent>
#include <QFileInfo>

#include <utility>

namespace headlens {
namespace {

FigureStart startFrom(const QString& id)
{
    for (const FigureName<FigureStart>& one : figureNames(FigureStart::HeadGrid))
        if (id == QLatin1String(one.id)) return one.value;
    return FigureStart::HeadGrid;
}

QStringList picturesOf(const Filmstrip& strip)
{
    QStringList paths;
    for (const QString& name : strip.names())
        if (const QFileInfo file(name); file.isFile()) paths << file.absoluteFilePath();
    return paths;
}

} // namespace

FigureAction::FigureAction(const Parts& parts) : QObject(parts.window), m_parts(parts), m_action(new QAction(this))
{
    m_action->setIcon(icon(Icon::Figure));
    m_action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    m_action->setEnabled(false);
    connect(m_action, &QAction::triggered, this, &FigureAction::open);
    connect(m_parts.model, &InspectionModel::inputChanged, this,
            [this] { m_action->setEnabled(m_parts.model->hasInput()); });
}

FigureComposer* FigureAction::show()
{
    if (m_composer == nullptr) {
        m_composer = new FigureComposer({window(), m_parts.engine}, m_parts.window);
        m_composer->setAttribute(Qt::WA_DeleteOnClose);
        m_composer->installEventFilter(this);
        connect(m_composer, &FigureComposer::started, this, [this](FigureStart start) {
            m_parts.settings->setFigureStart(QString::fromLatin1(figureNames(start)[std::size_t(start)].id));
        });
        connect(m_composer, &QDialog::finished, this, [this, composer = m_composer.data()] {
            m_closed = {composer->spec(), shown()};
        });
        connect(m_composer, &FigureComposer::specChanged, this, [this] { Q_EMIT specChanged(m_composer->spec()); });
    }
    m_composer->show();
    m_composer->raise();
    m_composer->activateWindow();
    return m_composer;
}

void FigureAction::open()
{
    const bool isNew = m_composer == nullptr;
    FigureComposer* composer = show();
    if (const auto spec = std::exchange(m_remembered, std::nullopt))
        composer->set(*spec);
    else if (isNew)
        begin();
}

// With the figure that was closed, as long as the window shows the same; else with its sheet and its look.
void FigureAction::begin()
{
    const FigureStart start = startFrom(m_parts.settings->figureStart());
    if (!m_closed)
        m_composer->start(start);
    else if (m_closed->shown == shown())
        m_composer->set(m_closed->spec);
    else
        m_composer->startLike(start, m_closed->spec);
}

FigureWindow FigureAction::window() const
{
    return {m_parts.model, m_parts.selection, m_parts.display, picturesOf(*m_parts.strip)};
}

FigureContent FigureAction::shown() const
{
    FigureContent content = startingFrom(FigureStart::ThisMap, shownFigure(window()), window()).content;
    if (!m_parts.selection->tokens()->isPinned()) {
        content.subject.query.clear();
        content.subject.stream = -1;
    }
    return content;
}

// In the new language, with the same figure at the same place.
void FigureAction::reopen()
{
    if (m_composer == nullptr) return;
    const QRect place = m_composer->geometry();
    remember(m_composer->spec());
    delete m_composer;
    open();
    m_composer->setGeometry(place);
}

bool FigureAction::eventFilter(QObject* watched, QEvent* event)
{
    // The type first: a composer that is being destroyed still sends events, and is none any more.
    if (event->type() == QEvent::LanguageChange && watched == m_composer)
        QMetaObject::invokeMethod(this, &FigureAction::reopen, Qt::QueuedConnection); // the event goes on to its parts
    return QObject::eventFilter(watched, event);
}

} // namespace headlens
